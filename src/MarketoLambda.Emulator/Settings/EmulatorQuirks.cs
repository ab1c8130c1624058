namespace MarketoLambda.Emulator.Settings;

/// <summary>One switch for each behaviour of Marketo that nobody has documented. A client is proven against both positions.</summary>
/// <remarks>
/// README.md beside this file gives the reason for each default. Case switches belong before the first record is written.
/// </remarks>
public sealed partial class EmulatorQuirks
{
    /// <summary>
    /// Whether looking for a key and creating its record is one step. If not, a create does not see records created after its own arrival,
    /// so two creates of one key in flight together both succeed. The gap is the first half of the latency. Default: true.
    /// </summary>
    public bool CreateIsAtomic { get; set; } = true;

    /// <summary>Queries see the records as they were this long ago; writes always see the present. Range: 0 or more. Default: 0.</summary>
    public TimeSpan ReadLag { get; set; }

    /// <summary>
    /// Time from approving an object to its first usable record call; until then it is unknown (610). Range: 0 or more. Default: 0.
    /// </summary>
    public TimeSpan ApprovalDelay { get; set; }

    /// <summary>
    /// Whether <c>apiname</c> means <c>aPIName</c>, in records, <c>fields</c> and <c>filterType</c>. Answers are canonical. Default: true.
    /// </summary>
    public bool FieldNamesIgnoreCase { get; set; } = true;

    /// <summary>Whether key <c>a</c> finds the record of key <c>A</c>. Default: false.</summary>
    public bool KeyValuesIgnoreCase { get; set; }

    /// <summary>Whether <c>/customobjects/CAR_C.json</c> means <c>car_c</c>. Default: false.</summary>
    public bool ObjectNamesIgnoreCase { get; set; }

    /// <summary>Whether a string longer than its field is cut instead of rejected with 1001. Default: false.</summary>
    public bool TruncateLongStrings { get; set; }

    /// <summary>
    /// Whether the length of text, email and phone fields counts UTF-8 bytes; of string fields it counts characters in any case. Default:
    /// true.
    /// </summary>
    public bool TextLengthInBytes { get; set; } = true;

    /// <summary>
    /// Whether a string is accepted where a number or boolean belongs, and a number or boolean where a string belongs. Default: true.
    /// </summary>
    public bool ConvertsScalars { get; set; } = true;

    /// <summary>Whether fractional seconds are accepted and cut off, instead of rejected with 1001. Default: true.</summary>
    public bool AcceptFractionalSeconds { get; set; } = true;

    /// <summary>Whether a datetime without offset is taken as UTC, instead of rejected with 1001. Default: true.</summary>
    public bool AcceptDatetimeWithoutOffset { get; set; } = true;

    /// <summary>
    /// Whether a key that comes twice in one request is skipped with 1036 the second time, instead of created and then updated. Default:
    /// false.
    /// </summary>
    public bool RejectDuplicateKeysInRequest { get; set; }

    /// <summary>Code of a createOnly record whose key exists: 1017 or 1005. Default: 1017.</summary>
    public string KeyExistsCode { get; set; } = "1017";

    /// <summary>Code of an updateOnly record whose key is unknown: 1013 or 1004. Default: 1013.</summary>
    public string KeyMissingCode { get; set; } = "1013";

    /// <summary>Code of a record without one of its dedupe fields: 1003 or 1002. Default: 1003.</summary>
    public string MissingDedupeFieldCode { get; set; } = "1003";

    /// <summary>
    /// Code of a record with a value of the wrong type: 1001, or 1003 with the text that leads always get. Default: 1001, as documented.
    /// </summary>
    public string WrongTypeCode { get; set; } = "1001";

    /// <summary>Whether one unknown field refuses the whole sync call with 1006, instead of skipping its record. Default: false.</summary>
    public bool UnknownFieldRefusesCall { get; set; }

    /// <summary>
    /// Whether 1018 of a subscription with native CRM sync refuses the whole call, instead of skipping each record. Default: false, Adobe
    /// lists it among the codes of records.
    /// </summary>
    public bool CrmRefusesCall { get; set; }

    /// <summary>
    /// Code of every call about opportunity roles where native CRM sync is on: 610 or 1018. Default: 610, Adobe says they are not exposed.
    /// </summary>
    public string RolesHiddenCode { get; set; } = "610";

    /// <summary>Whether a new opportunity without <c>name</c> is skipped with 1003. Default: false, others created one.</summary>
    public bool OpportunityNameIsRequired { get; set; }

    /// <summary>Whether queries show amounts of opportunities as text. Default: true, as in Adobe's example.</summary>
    public bool OpportunityAmountsAreText { get; set; } = true;

    /// <summary>
    /// Whether a status that the channel does not have refuses the whole call with 1025, instead of skipping each lead. Default: false.
    /// </summary>
    public bool UnknownStatusRefusesCall { get; set; }

    /// <summary>Code of a call about members of a program that does not exist. Default: 1013.</summary>
    public string ProgramMissingCode { get; set; } = "1013";

    /// <summary>Code of a lead that is taken out of a list it is not in: 1015 or 1004. Default: 1015, as recorded.</summary>
    public string NotInListCode { get; set; } = "1015";

    /// <summary>Time until a lead that was added to a list shows as its member. Range: 0 or more. Default: 0.</summary>
    public TimeSpan ListMembershipDelay { get; set; }

    /// <summary>
    /// Whether calls answered 606 or 615 count in the daily quota. Default: true, since Adobe excludes only starred codes.
    /// </summary>
    public bool ThrottledCallsCountInQuota { get; set; } = true;

    /// <summary>
    /// Whether calls answered 606 or 615 count in the 20 s window, so that hammering prolongs the refusal. Default: true, as above.
    /// </summary>
    public bool ThrottledCallsCountInWindow { get; set; } = true;

    /// <summary>
    /// How long identity goes on handing out a token that is already dead, with <c>expires_in: 0</c>. Range: 0 or more. Default: 0.
    /// </summary>
    public TimeSpan TokenLingers { get; set; }

    /// <summary>
    /// Whether identity reads its parameters from a form body too. Default: false, the specification declares them in the query.
    /// </summary>
    public bool IdentityAcceptsFormBody { get; set; }

    /// <summary>
    /// Whether <c>//</c> in a path means <c>/</c>, instead of being unknown (610). Default: true, clients in use have it; Adobe announces
    /// its end.
    /// </summary>
    public bool AcceptDoubleSlashes { get; set; } = true;

    /// <summary>
    /// Whether a token in the query parameter <c>access_token</c> is still accepted. Default: false, Adobe ended it on 2026-08-31: 603.
    /// </summary>
    public bool AcceptTokenInQuery { get; set; }
}
