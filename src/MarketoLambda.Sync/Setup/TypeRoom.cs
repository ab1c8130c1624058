using MarketoLambda.Marketo.Schema;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Setup;

/// <summary>Whether Marketo lets the API create more custom object types, as far as can be told before.</summary>
/// <remarks>
/// Marketo tells neither which types the API has created nor how many the contract allows. So all count; who knows better says how many.
/// </remarks>
public static class TypeRoom
{
    /// <summary>Why they do not fit, in sentences; null where they do.</summary>
    /// <param name="types">All types that are there, approved or not.</param>
    /// <param name="wanted">API names of all that have to be there in the end.</param>
    /// <param name="limit">Most types; usually <see cref="CustomObjectLimits.Types"/>.</param>
    public static string? FindObstacle(IReadOnlyList<CustomObjectType> types, IEnumerable<string> wanted, int limit)
    {
        var missing = wanted.Distinct(StringComparer.OrdinalIgnoreCase)
            .Except(types.Select(type => type.ApiName), StringComparer.OrdinalIgnoreCase)
            .ToList();
        return missing.Count == 0 || types.Count + missing.Count <= limit
            ? null
            : $"Marketo has {Quantity.Format(types.Count, "custom object type")}, and {missing.Count} more would be needed "
                + $"({Quantity.List(missing)}), but the API may create {limit}. Delete types that nobody uses in "
                + "Admin > Marketo Custom Objects, or ask Adobe for more. If people made some of them there by hand, which do not count, "
                + $"or the contract allows more, say how many there may be: --type-limit {types.Count + missing.Count}.";
    }
}
