using MarketoLambda.Sources.Guesses;
using MarketoLambda.Sources.Tests.Postgres;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Sources;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Tests.Guesses;

/// <summary>A table's columns, the stamp of its rows and their key are found in the server's catalog.</summary>
public sealed class TableGuessTests(PostgresFixture server)
{
    [Fact]
    public async Task A_table_is_read_by_its_stamp_and_primary_key()
    {
        // When
        var source = await GuessAsync(
            "create table product (name text, born date, id int, part int, updated_at timestamptz not null, primary key (part, id))");

        // Then
        Assert.Equal(["name", "born", "id", "part", "updated_at"], source.Columns);
        Assert.Equal("updated_at", source.Find("cursor"));
        Assert.Equal("[\"part\",\"id\"]", source.Settings.Single(setting => setting.Name == "id").Value.ToJsonString());
        Assert.True(source.Settings.Single(setting => setting.Name == "cursor").IsUnsure);
    }

    [Fact]
    public async Task A_table_without_any_time_is_refused_with_the_reason() =>
        Assert.Contains(
            "product has no column with a time",
            (await Assert.ThrowsAsync<SourceException>(() => GuessAsync("create table product (id int primary key, name text)"))).Message,
            StringComparison.Ordinal);

    private async Task<GuessedSource> GuessAsync(string statement)
    {
        var database = await server.CreateDatabaseAsync(statement);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Connections:db:ConnectionString"] = database.Connection })
            .Build();
        return await TableGuess.FindAsync(
            "db", "product", settings, SourceTypes.All(settings, TimeProvider.System), new NoAnswers(), CancellationToken.None);
    }
}
