namespace MarketoLambda.Marketo.CustomObjects;

/// <summary>What a sync call may do with a record.</summary>
public enum SyncAction
{
    /// <summary>Create or update by the dedupe fields.</summary>
    CreateOrUpdate,

    /// <summary>Refuse a record that exists.</summary>
    CreateOnly,

    /// <summary>Refuse a record that does not exist.</summary>
    UpdateOnly,
}

/// <summary>Which field identifies the records of a sync or delete call.</summary>
public enum DedupeBy
{
    /// <summary>The object's dedupe fields; every record must hold all of them.</summary>
    DedupeFields,

    /// <summary><c>marketoGUID</c>; in sync calls only together with <see cref="SyncAction.UpdateOnly"/>.</summary>
    IdField,
}
