using System.Globalization;
using System.Text.Json.Nodes;
using MarketoLambda.Testing.Salesforce.Soql;

namespace MarketoLambda.Testing.Salesforce;

/// <summary>
/// Queries by REST, page by page. A locator keeps which records were found; their values are read when a page is asked for.
/// </summary>
internal sealed class OrgQueries(EmulatedOrg org)
{
    private readonly List<Locator> _open = [];
    private int _number;

    public async Task<OrgAnswer> BeginAsync(OrgRequest request, string session)
    {
        try
        {
            var (query, queried) = Understand(request.Soql ?? "", isBulk: false);
            var rows = queried.Select(query, request.WithDeleted);
            if (!query.IsCount && rows.Count > org.Options.MaxRowsOfAQuery)
            {
                await Task.Delay(org.Options.QueryTimeOut, org.Time);
                return OrgAnswer.Error(400, "QUERY_TIMEOUT", "Your query request was running for too long.");
            }

            if (query.IsCount)
            {
                return OrgAnswer.Ok(new JsonObject { ["totalSize"] = rows.Count, ["done"] = true, ["records"] = new JsonArray() });
            }

            lock (org.Gate)
            {
                Locator locator = new($"01g0000000{++_number:D5}AAA", session, request, queried, query, [.. rows.Select(row => row.Id)]);
                return Page(locator, 0);
            }
        }
        catch (SoqlException refusal)
        {
            return OrgAnswer.Error(400, refusal.ErrorCode, refusal.Message);
        }
    }

    public OrgAnswer Continue(OrgRequest request, string session)
    {
        lock (org.Gate)
        {
            var now = org.Time.GetUtcNow();
            _open.RemoveAll(locator => now - locator.UsedAt >= org.Options.LocatorLifetime);
            var dash = request.Segments[4].LastIndexOf('-');
            var found = dash < 0 ? null : _open.Find(locator => locator.Name == request.Segments[4][..dash]);
            return found is null ? OrgAnswer.Error(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
                : found.Session != session && org.Options.LocatorsEndWithTheirSession
                    ? OrgAnswer.Error(401, "INVALID_SESSION_ID", "Session expired or invalid")
                : Page(found, int.Parse(request.Segments[4].AsSpan(dash + 1), CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Parses a query and checks every name in it.</summary>
    internal (SoqlQuery Query, OrgObject Queried) Understand(string soql, bool isBulk)
    {
        var query = SoqlParser.Parse(soql);
        var queried =
            org.FindObject(query.ObjectName.Text)
            ?? throw new SoqlException(
                "INVALID_TYPE",
                soql,
                query.ObjectName.Column,
                $"sObject type '{query.ObjectName.Text}' is not supported. If you are attempting to use a custom object, be sure to append "
                    + "the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
            );
        foreach (var name in query.Names)
        {
            if (queried.FieldAt(name.Text) is not { } field)
            {
                var dot = name.Text.IndexOf('.', StringComparison.Ordinal);
                throw new SoqlException(
                    "INVALID_FIELD",
                    soql,
                    name.Column,
                    dot >= 0 && queried.Relation(name.Text[..dot]) is null
                        ? $"Didn't understand relationship '{name.Text[..dot]}' in field path. If you are attempting to use a custom "
                            + "relationship, be sure to append the '__r' after the custom relationship name."
                        : $"No such column '{name.Text}' on entity '{queried.Name}'. If you are attempting to use a custom field, be sure "
                            + "to append the '__c' after the custom field name."
                );
            }

            if (isBulk && field.Type is "address" or "location")
            {
                throw new SoqlException("FEATURENOTENABLED", soql, name.Column, "Selecting compound data not supported in Bulk Query");
            }
        }

        return (query, queried);
    }

    private OrgAnswer Page(Locator locator, int from)
    {
        var all = locator.Ids.Count;
        var to = Math.Min(all, from + org.Options.PageSize);
        var records = locator.Ids.Skip(from).Take(to - from)
            .Select(locator.Queried.Find)
            .OfType<OrgRecord>() // purged meanwhile
            .Where(record => locator.Request.WithDeleted || !record.IsDeleted)
            .Select(record =>
                (JsonNode)
                    OrgValues.Record(
                        locator.Queried,
                        record,
                        [.. locator.Query.Fields.Select(field => field.Text)],
                        locator.Request.ApiVersion));
        JsonObject body = new()
        {
            ["totalSize"] = all,
            ["done"] = to == all,
            ["records"] = new JsonArray([.. records]),
        };
        _open.Remove(locator);
        if (to < all)
        {
            body["nextRecordsUrl"] = $"/services/data/v{locator.Request.ApiVersion}/query/{locator.Name}-{to}";
            locator.UsedAt = org.Time.GetUtcNow();
            _open.Add(locator);
            if (_open.Count > org.Options.MaxLocators)
            {
                _open.RemoveAt(0);
            }
        }

        return OrgAnswer.Ok(body);
    }

    private sealed record Locator(
        string Name,
        string Session,
        OrgRequest Request,
        OrgObject Queried,
        SoqlQuery Query,
        IReadOnlyList<string> Ids)
    {
        public DateTimeOffset UsedAt { get; set; }
    }
}
