namespace MarketoLambda.Marketo.Records;

/// <summary>What a sync call may do with a record.</summary>
public enum SyncAction
{
    /// <summary>Create or update by the dedupe fields.</summary>
    CreateOrUpdate,

    /// <summary>Refuse a record that exists.</summary>
    CreateOnly,

    /// <summary>Refuse a record that does not exist.</summary>
    UpdateOnly,

    /// <summary>Create a lead beside those that exist, whatever they are; of leads only.</summary>
    CreateDuplicate,
}

/// <summary>Which field identifies the records of a sync or delete call.</summary>
public enum DedupeBy
{
    /// <summary>The dedupe fields of the type; every record must hold all of them.</summary>
    DedupeFields,

    /// <summary>
    /// Marketo's own id, such as <c>marketoGUID</c>; in sync calls only together with <see cref="SyncAction.UpdateOnly"/>.
    /// </summary>
    IdField,
}
