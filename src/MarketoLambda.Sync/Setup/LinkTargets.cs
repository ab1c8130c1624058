using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Marketo.StandardObjects;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Setup;

/// <summary>What a field of a custom object may link to.</summary>
/// <remarks>
/// Of leads and companies Marketo's list gives the names that people see (<c>Email Address</c>), and not the company's key; but a link may
/// name a field by its API name too (<c>email</c>). So their descriptions are read beside it. Source: Adobe, rest-api/custom-objects,
/// "Linkable Objects".
/// </remarks>
/// <param name="schema">Lists what can be linked to.</param>
/// <param name="marketo">Describes people and companies.</param>
internal sealed class LinkTargets(CustomObjectSchemaClient schema, MarketoClient marketo)
{
    private const string Lead = "lead";
    private const string Company = "company";

    /// <summary>All of them, with the fields that a link may name.</summary>
    /// <exception cref="MarketoException">Marketo could not be asked.</exception>
    public async Task<IReadOnlyList<RecordTypeDescription>> ListAsync(CancellationToken cancellationToken)
    {
        List<RecordTypeDescription> all = [];
        var linkable = await schema.ListLinkableAsync(cancellationToken);
        foreach (var type in linkable.Where(type => !StateTable.IsNameOfOne(type.Name)))
        {
            var described = Is(type.Name, Lead) ? await DescribeAsync(marketo.Leads.DescribeAsync, cancellationToken)
                : Is(type.Name, Company) ? await DescribeAsync(DescribeCompanyAsync, cancellationToken)
                : null;
            all.Add(described is null ? type : WithApiNames(type, described));
        }

        return all;
    }

    private static RecordTypeDescription WithApiNames(RecordTypeDescription listed, RecordTypeDescription described)
    {
        var known = described.Fields.Where(field =>
            described.DedupeFields.Contains(field.Name, StringComparer.OrdinalIgnoreCase)
            || listed.Fields.Any(one => Is(one.Name, field.Name) || Is(one.Name, field.DisplayName)));
        return new RecordTypeDescription(
            listed.Name,
            listed.DisplayName,
            [],
            [.. known.Concat(listed.Fields).DistinctBy(field => field.Name, StringComparer.OrdinalIgnoreCase)]);
    }

    private Task<RecordTypeDescription?> DescribeCompanyAsync(CancellationToken cancellationToken) =>
        marketo.StandardObjects.DescribeAsync(StandardObject.Companies, cancellationToken);

    /// <summary>Null where this user may not see it: the list alone counts then.</summary>
    private static async Task<RecordTypeDescription?> DescribeAsync(
        Func<CancellationToken, Task<RecordTypeDescription?>> describe, CancellationToken cancellationToken)
    {
        try
        {
            return await describe(cancellationToken);
        }
        catch (MarketoException refusal) when (refusal.IsRefusal)
        {
            return null;
        }
    }

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
