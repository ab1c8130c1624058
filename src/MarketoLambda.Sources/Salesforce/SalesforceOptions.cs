using MarketoLambda.Sources.Passes;

namespace MarketoLambda.Sources.Salesforce;

/// <summary>Which records of an organisation are read, and how.</summary>
internal sealed record SalesforceOptions
{
    /// <summary>Default of <see cref="BulkAbove"/>.</summary>
    public const int DefaultBulkAbove = 50_000;

    /// <summary>API name of the object.</summary>
    public required string Object { get; init; }

    /// <summary>A SOQL condition; null for all records.</summary>
    public string? Filter { get; init; }

    /// <summary>What a record in the recycle bin means.</summary>
    public DeletedRule Deleted { get; init; }

    /// <summary>A first load or a full pass over more records than this uses bulk jobs. Default 50,000.</summary>
    public int BulkAbove { get; init; } = DefaultBulkAbove;

    /// <summary>Most rows of one bulk job: they are sorted in memory.</summary>
    public int RowsPerBulkJob { get; init; } = 25_000;

    /// <summary>How passes overlap.</summary>
    public PassOptions Pass { get; init; } = new();
}

/// <summary>What a record in Salesforce's recycle bin means for Marketo.</summary>
internal enum DeletedRule
{
    /// <summary>It is not seen: Marketo keeps what it has.</summary>
    Ignore,

    /// <summary>It is imported as any other, and its field <c>IsDeleted</c> says true.</summary>
    Flag,

    /// <summary>The record in Marketo with its key is deleted.</summary>
    Delete,
}
