using MarketoLambda.Sources.Passes;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Postgres;

/// <summary>A table or query of a PostgreSQL server, as a job file describes it: <c>"type": "postgres"</c>.</summary>
public sealed class PostgresSourceType(IConfiguration settings) : ISourceType
{
    private static readonly Setting Connection = Setting
        .Text("connection", "The server: its connection string is the setting Connections__<name>__ConnectionString.", null, "warehouse")
        .Required();
    private static readonly Setting Table = Setting.Text(
        "table",
        "The table or view, with its schema unless that is on the search path; casing counts. Either this or a query.",
        null,
        "crm.product");
    private static readonly Setting Query = Setting.Text(
        "query",
        "One SELECT statement that can stand in a FROM clause. Either this or a table.",
        null,
        "select p.id, p.updated_at, p.name, o.name as owner from crm.product p join crm.owner o on o.id = p.owner_id");
    private static readonly Setting Cursor = Setting
        .Text("cursor", "Column with the time of a row's last change, of type timestamptz, timestamp or date.", null, "updated_at")
        .Required();
    private static readonly Setting Id = Setting.Texts("id", "Column or columns that make rows with one cursor unique.", "id").Required();
    private static readonly Setting Zone = Setting.Text(
        "timeZone",
        "Time zone of times that carry none, the cursor included: an IANA name.",
        "UTC",
        "Europe/Berlin");

    public string Name => "postgres";

    public string Description => "A table or query of a PostgreSQL server, in the order of its last change.";

    public IReadOnlyList<Setting> Settings { get; } = [Connection, Table, Query, Cursor, Id, Zone, .. PassOptions.Settings];

    public ISource Read(JobSection section) => new PostgresSource(new PostgresOptions
    {
        Connection = PostgresConnection.Read(section, Connection.Name, settings),
        Relation = ReadRelation(section),
        Cursor = section.RequiredText(Cursor.Name),
        Ids = section.RequiredTexts(Id.Name),
        Conventions = SourceConventions.Invariant with { TimeZone = section.OptionalTimeZone(Zone), IsWrittenByProgram = true },
        Passes = PassOptions.Read(section),
    });

    private static Relation ReadRelation(JobSection section)
    {
        var (table, query) = (section.OptionalText(Table.Name), section.OptionalText(Query.Name));
        if (table is null == query is null)
        {
            section.AddError(
                query is null ? Table.Name : Query.Name,
                query is null ? "is missing: name what to read there, or write a \"query\"" : "stands beside \"table\"; keep one of the two"
            );
        }

        return query is not null ? Relation.OfQuery(query) : Relation.OfTable(table ?? "");
    }
}
