using System.Globalization;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sync.Jobs;

/// <summary>One field of the object and what fills it.</summary>
/// <remarks>A value goes through the steps in this order: markers for nothing, trim, map, default, convert to the field's type.</remarks>
/// <param name="Field">API name of the Marketo field, in any casing.</param>
/// <param name="From">Where its value comes from.</param>
/// <param name="Format">How dates and times are written; null for ISO 8601 and the culture's own order.</param>
/// <param name="Empty">What an empty value does.</param>
public sealed record FieldMapping(string Field, FieldOrigin From, TimeFormats? Format = null, EmptyValue Empty = EmptyValue.Omit)
{
    /// <summary>Outer blanks are left out; a value of nothing but blanks is empty.</summary>
    public bool Trims { get; init; }

    /// <summary>Values of this field that stand for nothing, beside those of the whole source.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];

    /// <summary>What is sent in place of certain values; null where values stay as they are.</summary>
    public ValueMap? Map { get; init; }

    /// <summary>What is sent for empty values: text, number (<see cref="decimal"/>) or <see cref="bool"/>; null for nothing.</summary>
    public object? Default { get; init; }

    /// <summary>How numbers and dates of this field are written; null for the source's own.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>A record without a value for this field still has one: that of the job file.</summary>
    public bool IsNeverEmpty => From is FixedValue || Default is not null;
}

/// <summary>What an empty value in the source does to the field in Marketo.</summary>
public enum EmptyValue
{
    /// <summary>The field is not sent: Marketo keeps what it has.</summary>
    Omit,

    /// <summary>The field is emptied in Marketo.</summary>
    Clear,
}
