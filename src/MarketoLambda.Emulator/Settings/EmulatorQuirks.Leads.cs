namespace MarketoLambda.Emulator.Settings;

/// <content>What nobody has documented about leads.</content>
public sealed partial class EmulatorQuirks
{
    /// <summary>
    /// Whether a lead with <c>id</c> refuses a call other than updateOnly with 1003, instead of being skipped alone. Default: false.
    /// </summary>
    public bool LeadIdRefusesCall { get; set; }

    /// <summary>
    /// Whether leads take the fields of their company (<c>company</c>, <c>industry</c> …), instead of being skipped with 1021. What is
    /// written stays with the lead. Default: false.
    /// </summary>
    public bool LeadsTakeCompanyFields { get; set; }

    /// <summary>
    /// Whether a lead of another partition than the call's is no match, so that a second one is created beside it. Default: false, it is
    /// skipped with 1010.
    /// </summary>
    public bool LeadLookupStaysInPartition { get; set; }

    /// <summary>
    /// Whether a sync of leads without <c>partitionName</c> is refused with 1009 where there is more than one partition. Default: false,
    /// the first partition is meant.
    /// </summary>
    public bool PartitionNameIsRequired { get; set; }

    /// <summary>
    /// Whether an unknown or missing partition name skips each lead with 1008 or 1009, instead of refusing the call. Default: false.
    /// </summary>
    public bool PartitionNameSkipsRecords { get; set; }

    /// <summary>
    /// Code of the refusal of a lead id that does not exist, asked for alone; empty: success without a row. Default: 1004.
    /// </summary>
    public string LeadByIdMissingCode { get; set; } = "1004";

    /// <summary>Whether queries of leads leave out empty fields, instead of showing null. Default: false, as recorded.</summary>
    public bool LeadQueriesOmitNulls { get; set; }

    /// <summary>
    /// Whether <c>updatedAt</c> of a fresh lead is one second before its <c>createdAt</c>, as recorded once. Default: false.
    /// </summary>
    public bool FreshLeadsAreUpdatedEarlier { get; set; }
}
