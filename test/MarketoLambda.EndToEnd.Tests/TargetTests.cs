using System.Text.Json.Nodes;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.State;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A job says what it fills: companies, or an object that another job fills too.</summary>
public sealed class TargetTests
{
    private const string Companies = """
        { "jobs": { "accounts": {
          "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 },
          "target": { "type": "company" },
          "key": "externalCompanyId",
          "fields": { "externalCompanyId": "Account", "company": "Name", "numberOfEmployees": "Employees", "website": "Site" }
        } } }
        """;

    [Fact]
    public async Task A_file_is_imported_into_companies()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local
            .WriteJobs(Companies)
            .Drop("a.csv", "Account,Name,Employees,Site\nA-1,Acme,12,https://acme.example\nA-2,\"Berg, Söhne\",,\n,Nameless,1,\n");
        await local.InitializedAsync();

        // When
        var check = await local.RunAsync("jobs", "check");
        var run = await local.RunAsync("run", "accounts");
        local.Drop("b.csv", "Account,Name,Employees,Site\nA-2,Berg & Söhne,7,\n");
        var again = await local.RunAsync("run", "accounts");
        var nothing = await local.RunAsync("run", "accounts");

        // Then
        Assert.True(check.ExitCode == 0, check.Error);
        Assert.Contains("drop into companies", check.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("refuses to write companies (1018)", check.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (run.ExitCode, again.ExitCode, nothing.ExitCode));
        Assert.Equal(
            ["Acme 12", "Berg & Söhne 7"],
            local.Marketo.Records("Company").Select(company => $"{company["company"]} {company["numberOfEmployees"]}"));
        var state = Assert.Single(local.Marketo.Records(StateFields.ObjectApiName));
        Assert.Equal(
            ("accounts", "3", "b.csv"),
            (state[StateFields.ApiName.Name], state[StateFields.TotalRecordsInEpoch.Name], state[StateFields.LastFileName.Name]));
        Assert.Equal("1", state[StateFields.OpenRejects.Name]);
    }

    [Fact]
    public async Task Where_a_crm_owns_companies_the_run_says_so_in_one_sentence_and_rejects_nothing()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.Options.CrmSync = true;
        local.WriteJobs(Companies).Drop("a.csv", "Account,Name,Employees,Site\nA-1,Acme,12,\n,Nameless,1,\n");
        await local.InitializedAsync();

        // When
        var run = await local.RunAsync("run", "accounts");
        var rejects = await local.RunAsync("rejects", "list", "accounts", "--json");

        // Then
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Native CRM sync owns companies (1018)", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(JsonNode.Parse(rejects.Output)!.AsArray());
        Assert.Empty(local.Marketo.Records("Company"));
    }

    [Fact]
    public async Task Two_jobs_fill_one_object_and_each_has_its_own_state()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.WriteJobs($$"""
            { "jobs": {
              "berlin": { "source": { "type": "csv", "folder": "drop", "pattern": "berlin*.csv", "settleSeconds": 0 }, {{Target}} },
              "rome.2": { "source": { "type": "csv", "folder": "drop", "pattern": "rome*.csv", "settleSeconds": 0 }, {{Target}} } } }
            """).DropRows("berlin.csv", 3).DropRows("rome.csv", 2, first: 10);
        await local.InitializedAsync();

        // When
        var berlin = await local.RunAsync("run", "berlin");
        var rome = await local.RunAsync("run", "rome.2");
        local.DropRows("rome2.csv", 1, first: 20);
        var more = await local.RunAsync("run", "rome.2");
        var status = JsonNode.Parse((await local.RunAsync("status", "--json")).Output)!.AsArray();

        // Then
        Assert.Equal((0, 0, 0), (berlin.ExitCode, rome.ExitCode, more.ExitCode));
        Assert.Equal(6, local.Marketo.Count(LocalHost.ApiName));
        var states = local.Marketo.Records(StateFields.ObjectApiName);
        Assert.Equal(
            ["berlin berlin.csv 1 3", "rome.2 rome2.csv 2 3"],
            states
                .Select(state =>
                    $"{state.Key} {state[StateFields.LastFileName.Name]} {state[StateFields.LastRunNumber.Name]} "
                        + $"{state[StateFields.TotalRecordsInEpoch.Name]}"
                )
                .Order(StringComparer.Ordinal));
        Assert.Equal(["berlin", "rome.2"], status.Select(job => (string?)job!["job"]));
    }

    [Fact]
    public async Task A_target_that_is_none_and_an_object_that_is_missing_are_told_with_what_to_do()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.DropRows("a.csv", 1).WriteJobs(Job("\"target\": { \"type\": \"compani\" },"));

        // When
        var wrong = await local.RunAsync("jobs", "check");
        local.WriteJobs(Job("\"target\": { \"type\": \"customObject\", \"name\": \"implementedProductV2_c\" },"));
        var missing = await local.RunAsync("jobs", "check");

        // Then
        Assert.Equal((2, 2), (wrong.ExitCode, missing.ExitCode));
        Assert.Contains(
            "line 1: jobs.berlin.target.type is \"compani\", which is no target (did you mean \"company\"?)",
            wrong.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.Contains(
            "Marketo has no approved custom object implementedProductV2_c (did you mean \"implementedProductV1_c\"?); custom objects there: implementedProductV1_c. Create and approve it",
            missing.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_jobs_of_the_page_about_targets_are_good_ones_and_every_target_is_on_it()
    {
        var page = Repository.Read("src/MarketoLambda.Sync/Targets/README.md").ReplaceLineEndings("\n");
        var files = page.Split("```json\n").Skip(1).Select(part => part.Split("```")[0]);

        var jobs = files.SelectMany(json => JobFile.Parse(json, "jobs.json", [new CsvSourceType(TimeProvider.System)]));

        Assert.Equal(
            [
                "leads",
                "companies",
                "opportunities",
                "opportunity roles",
                "sales persons",
                "named accounts",
                "members of program 1044",
                "members of static list 1021",
                "custom activities visitedStore_c",
            ],
            jobs.Select(job => job.Target.Description));
        Assert.All(TargetTypes.All, type => Assert.Contains($"| `{type.Name}` |", page, StringComparison.Ordinal));
    }

    private const string Target =
        "\"target\": { \"type\": \"customObject\", \"name\": \"implementedProductV1_c\" }, \"key\": \"serialNumber\", \"fields\": { "
            + "\"serialNumber\": \"Serial Number\", \"quantity\": \"Quantity\" }";

    private static string Job(string target) =>
        $$"""{ "jobs": { "berlin": { "source": { "type": "csv", "folder": "drop" }, {{target}} "key": "serialNumber", "fields": { "serialNumber": "Serial Number" } } } }""";
}
