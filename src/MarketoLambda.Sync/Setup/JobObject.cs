using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Setup;

/// <summary>A custom object that a job needs and Marketo does not have.</summary>
/// <param name="ApiName">As the job names it.</param>
/// <param name="DisplayName">What people would see.</param>
/// <param name="Fields">All of its fields.</param>
public sealed record JobObject(string ApiName, string DisplayName, IReadOnlyList<CustomObjectFieldDefinition> Fields)
{
    private static readonly string[] MarketosOwn = ["marketoGUID", "createdAt", "updatedAt"];

    /// <summary>Why Marketo would refuse it, as far as can be told before; sentences without a full stop.</summary>
    /// <param name="types">All types that are there.</param>
    /// <param name="linkable">What a link may point at.</param>
    public IEnumerable<string> Mistakes(IReadOnlyList<CustomObjectType> types, IReadOnlyList<RecordTypeDescription> linkable)
    {
        if (!IsName(ApiName))
        {
            yield return $"\"{ApiName}\" is no API name: letters, digits and underscores only";
        }

        if (types.FirstOrDefault(type => Is(type.ApiName, ApiName)) is { } known)
        {
            if (!IsBeginning(known))
            {
                yield return $"{known.ApiName} is there with other fields, but not approved: approve or delete it in "
                    + "Admin > Marketo Custom Objects";
            }
        }
        else if (types.FirstOrDefault(type => Is(type.DisplayName, DisplayName)) is { } same)
        {
            yield return $"the display name \"{DisplayName}\" belongs to {same.ApiName}";
        }

        if (Fields.Count > CustomObjectLimits.Fields)
        {
            yield return $"it would have {Fields.Count} fields, and Marketo allows {CustomObjectLimits.Fields}: remove some from the job";
        }

        var keys = Fields.Count(field => field.IsDedupeField);
        if (keys is 0 or > CustomObjectLimits.DedupeFields)
        {
            yield return $"it would have {keys} dedupe fields, and Marketo wants 1 to {CustomObjectLimits.DedupeFields}: correct \"key\"";
        }

        foreach (var mistake in Fields.Select(field => Mistake(field, linkable)).OfType<string>())
        {
            yield return mistake;
        }
    }

    /// <summary>Whether it is what an earlier try has left behind.</summary>
    private bool IsBeginning(CustomObjectType type) =>
        type.State == CustomObjectTypeState.Draft
        && type.Fields.All(known => MarketosOwn.Contains(known.Name) || Fields.Any(field => Is(field.Name, known.Name)));

    private string? Mistake(CustomObjectFieldDefinition field, IReadOnlyList<RecordTypeDescription> linkable)
    {
        if (!IsName(field.Name))
        {
            return $"\"{field.Name}\" is no API name: letters, digits and underscores only";
        }

        if (Fields.First(other => Is(other.DisplayName, field.DisplayName)) is var first && first != field)
        {
            return $"{first.Name} and {field.Name} would have the same display name";
        }

        if (field.RelatedTo is not { } link)
        {
            return null;
        }

        var target = linkable.FirstOrDefault(type => Is(type.Name, link.Name));
        return target is null
                ? $"{field.Name} cannot link to {link.Name}{NearName.Hint(link.Name, linkable.Select(type => type.Name))}"
            : target.FindField(link.Field) is null
                ? $"{field.Name} cannot link to {link.Field} of {link.Name}"
                    + NearName.Hint(link.Field, target.Fields.Select(one => one.Name))
            : null;
    }

    private static bool IsName(string name) => name.Length > 0 && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_');

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
