namespace MarketoLambda.Testing.Salesforce;

/// <summary>One version of a record.</summary>
internal sealed record OrgRecord(string Id, DateTimeOffset Stamp, bool IsDeleted, IReadOnlyDictionary<string, object?> Values)
{
    public object? this[string field] => field.ToUpperInvariant() switch
    {
        "ID" => Id,
        "SYSTEMMODSTAMP" => Stamp,
        "ISDELETED" => IsDeleted,
        _ => Values.GetValueOrDefault(field),
    };
}

/// <summary>A field of an object.</summary>
/// <param name="Name">API name.</param>
/// <param name="Type">Salesforce's type: <c>string</c>, <c>double</c>, <c>boolean</c>, <c>datetime</c>, <c>reference</c> …</param>
/// <param name="IsCalculated">A formula.</param>
/// <param name="ReferenceTo">For a reference: the other object.</param>
public sealed record OrgField(string Name, string Type, bool IsCalculated = false, string? ReferenceTo = null)
{
    /// <summary>The name in dotted paths: <c>Account</c> for <c>AccountId</c>.</summary>
    public string? RelationshipName =>
        ReferenceTo is null ? null
        : Name.EndsWith("Id", StringComparison.Ordinal) ? Name[..^2]
        : Name.Replace("__c", "__r", StringComparison.Ordinal);
}

/// <summary>
/// Ids the way Salesforce makes them: 15 characters whose order is that of their bytes, and three that repair a lost casing.
/// </summary>
internal static class OrgIds
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Checks = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    public static string Of(string prefix, int number)
    {
        Span<char> id = stackalloc char[15];
        id.Fill('0');
        prefix.CopyTo(id);
        for (var at = 14; number > 0; at--, number /= 62)
        {
            id[at] = Digits[number % 62];
        }

        Span<char> check = stackalloc char[3];
        for (var block = 0; block < 3; block++)
        {
            var bits = 0;
            for (var at = 0; at < 5; at++)
            {
                bits |= char.IsAsciiLetterUpper(id[(block * 5) + at]) ? 1 << at : 0;
            }

            check[block] = Checks[bits];
        }

        return $"{id}{check}";
    }
}
