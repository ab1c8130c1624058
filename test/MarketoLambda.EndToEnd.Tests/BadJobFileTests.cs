using static MarketoLambda.EndToEnd.Tests.BadInput;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A job file that says what cannot be, by itself or beside the object in Marketo.</summary>
public sealed class BadJobFileTests
{
    [Fact]
    public Task A_missing_job_file() =>
        RefusedAsync(local => File.Delete(Path.Combine(local.Folder, "jobs.json")), exitCode: 2, ["run", "--all"], "no job file jobs.json", "--jobs");

    [Fact]
    public Task A_malformed_job_file() =>
        RefusedAsync(local => local.WriteJobs("{\n  \"jobs\": {\n    oops"), exitCode: 2, ["run", "--all"], "jobs.json line 3", "not valid JSON");

    [Fact]
    public Task Every_mistake_of_a_job_file_at_once() =>
        RefusedAsync(
            local =>
                local.WriteJobs(
                    "{\n\"jobs\": { \"a_c\": {\n\"source\": { \"type\": \"csv\", \"delimeter\": \";\" },\n\"key\": \"x\",\n\"fields\": "
                        + "{} } } }"
                ),
            exitCode: 2,
            ["run", "--all"],
            "line 3: jobs.a_c.source lacks \"folder\"",
            "did you mean \"delimiter\"?",
            "line 4: jobs.a_c.key names \"x\"");

    [Fact]
    public Task An_object_that_is_not_approved() =>
        FailedAsync(
            local => local.WriteJobs(GoodJobs.Replace("implementedProductV1_c", "car_c", StringComparison.Ordinal)),
            "no approved custom object car_c",
            "approve it");

    [Fact]
    public Task A_field_the_object_does_not_have() =>
        FailedAsync(
            local => local.WriteJobs(GoodJobs.Replace("\"quantity\":", "\"quantitty\":", StringComparison.Ordinal)),
            "no field \"quantitty\"",
            "did you mean \"quantity\"?");

    [Fact]
    public Task A_key_that_is_not_the_dedupe_field() =>
        FailedAsync(
            local => local.WriteJobs(GoodJobs.Replace("\"key\": \"serialNumber\"", "\"key\": \"quantity\"", StringComparison.Ordinal)),
            "dedupe field is \"serialNumber\"");

    [Fact]
    public Task A_format_of_a_field_that_is_no_date() =>
        FailedAsync(
            local =>
                local.WriteJobs(
                    GoodJobs.Replace("\"Quantity\"", "{ \"from\": \"Quantity\", \"format\": \"TT.MM.JJJJ\" }", StringComparison.Ordinal)),
            "\"quantity\"",
            "integer",
            "remove it");

    [Fact]
    public Task A_missing_folder() =>
        FailedAsync(local => local.WriteJobs(GoodJobs.Replace("drop", "dorp", StringComparison.Ordinal)), "dorp", "folder");
}
