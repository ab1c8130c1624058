using System.Text.Json.Nodes;
using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.Salesforce;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Guesses how a table of a PostgreSQL server, or an object of Salesforce, is to be read.</summary>
public static class TableGuess
{
    private const string Unknown = "unknown";

    /// <summary>Names of the connections that the settings have.</summary>
    public static IReadOnlyList<string> Connections(IConfiguration settings) =>
        [.. settings.GetSection("Connections").GetChildren().Select(connection => connection.Key)];

    /// <summary>The source that reads this table, once it is known what it has.</summary>
    /// <param name="connection">A connection of the settings.</param>
    /// <param name="table">Table, view or object.</param>
    /// <param name="settings">Of the host.</param>
    /// <param name="sourceTypes">The sources a job may use.</param>
    /// <param name="answers">Asked which column tells the last change, where it is open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">It cannot be reached or read.</exception>
    /// <exception cref="Sync.Settings.JobFileException">The connection's settings are wrong.</exception>
    public static async Task<GuessedSource> FindAsync(
        string connection,
        string table,
        IConfiguration settings,
        IReadOnlyList<ISourceType> sourceTypes,
        IGuessAnswers answers,
        CancellationToken cancellationToken)
    {
        var isSalesforce = !string.IsNullOrWhiteSpace(settings[$"Connections:{connection}:LoginUrl"]);
        List<GuessedSetting> place =
        [
            new("type", isSalesforce ? "salesforce" : "postgres"),
            new("connection", connection),
            new(isSalesforce ? "object" : "table", table),
        ];
        List<GuessedSetting> probe = isSalesforce ? place : [.. place, new("cursor", Unknown), new("id", Unknown)];
        return new GuessRequest("probe_c", new GuessedSource(probe, [Unknown])).Parse("jobs.json", sourceTypes).Source switch
        {
            SalesforceSource source => new GuessedSource(place, await source.ListColumnsAsync(cancellationToken))
            {
                HasCulture = false,
                HasTimeZone = false,
            },
            PostgresSource source => WithCursor(place, await PostgresColumns.ReadAsync(source.Options, cancellationToken), table, answers),
            _ => throw new SourceException($"{connection} is no connection of a kind that is known"),
        };
    }

    private static GuessedSource WithCursor(
        List<GuessedSetting> place, PostgresColumns columns, string table, IGuessAnswers answers)
    {
        if (columns.Stamps.Count == 0)
        {
            throw new SourceException(
                $"{table} has no column with a time, and a table is read by the time of each row's last change; "
                + "add one, or read a query that has one");
        }

        var stamp = columns.Stamps.Count == 1
            ? 0
            : answers.Choose($"Which column of {table} tells when a row was last changed?", columns.Stamps);
        GuessedSetting cursor = new("cursor", columns.Stamps[stamp ?? 0])
        {
            Note = "when a row was last changed: what is not stamped anew is not seen"
                + (stamp is null ? $"; others: {Quantity.List(columns.Stamps.Skip(1))}" : ""),
            IsUnsure = stamp is null,
        };
        var ids = columns.Ids.Count > 0 ? columns.Ids : [columns.All[0]];
        GuessedSetting id = new("id", ids.Count == 1 ? ids[0] : new JsonArray([.. ids.Select(one => (JsonNode)one)]))
        {
            Note = columns.Ids.Count > 0 ? null : "the table has no primary key: name the column or columns that make a row unique",
            IsUnsure = columns.Ids.Count == 0,
        };
        return new GuessedSource([.. place, cursor, id], columns.All) { HasCulture = false };
    }
}
