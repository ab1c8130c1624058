using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Postgres;

/// <summary>A table or query of a PostgreSQL server, as a job file describes it: <c>"type": "postgres"</c>.</summary>
public sealed class PostgresSourceType(IConfiguration settings) : ISourceType
{
    public string Name => "postgres";

    public ISource Read(JobSection section) => new PostgresSource(new PostgresOptions
    {
        Connection = PostgresConnection.Read(section, settings),
        Relation = ReadRelation(section),
        Cursor = section.RequiredText("cursor"),
        Ids = section.RequiredTexts("id"),
        Conventions = SourceConventions.Invariant with { TimeZone = section.TimeZone() },
        Passes = PassOptions.Read(section),
    });

    private static Relation ReadRelation(JobSection section)
    {
        var (table, query) = (section.OptionalText("table"), section.OptionalText("query"));
        if (table is null == query is null)
        {
            section.Refuse(query is null ? "table" : "query", query is null ? "is missing: name what to read in \"table\", or write a \"query\"" : "stands beside \"table\"; keep one of the two");
        }

        return query is not null ? Relation.OfQuery(query) : Relation.OfTable(table ?? "");
    }
}
