using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.Tests.Jobs;

public sealed class JobNamesTests
{
    [Fact]
    public void Jobs_are_known_by_name_without_any_connection_to_their_sources()
    {
        var names = JobFile.Names(
            """{ "jobs": { "product_c": { "source": { "type": "postgres", "connection": "nobody-has-it" } }, "car_c": {}, } }""",
            "jobs.json");

        Assert.Equal(("product_c", "car_c", null), (names.Find("PRODUCT_C"), names.Find("car_c"), names.Find("other_c")));
    }

    [Theory]
    [InlineData("{ \"jobs\": {", "jobs.json line 1, column 12: this is not valid JSON")]
    [InlineData("{ \"jobs\": {} }", "jobs.json line 1: the file names no jobs")]
    [InlineData("[]", "jobs.json line 1: the file names no jobs")]
    public void A_file_without_jobs_is_told(string json, string told) =>
        Assert.StartsWith(told, Assert.Throws<JobFileException>(() => JobFile.Names(json, "jobs.json")).Message, StringComparison.Ordinal);
}
