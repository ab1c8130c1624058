using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Jobs;

public sealed class JobTargetTests
{
    [Fact]
    public void A_job_that_names_no_target_fills_the_custom_object_it_is_named_like()
    {
        var job = Parse("");

        Assert.Equal("custom object car_c", job.Target.Description);
        Assert.True(job.IsNamedLikeTarget);
        Assert.Equal("custom object bus_c", (job with { Name = "bus_c" }).Target.Description);
    }

    [Fact]
    public void A_job_may_fill_an_object_of_another_name()
    {
        var job = Parse(""" "target": { "type": "customObject", "name": "implementedProductV1_c" }, """, "cars-of-berlin");

        Assert.Equal("cars-of-berlin", job.Name);
        Assert.Equal("implementedProductV1_c", job.Target.ApiName);
        Assert.False(job.IsNamedLikeTarget);
    }

    [Theory]
    [InlineData("""{ "type": "customObject" }""")]
    [InlineData("""{ "type": "CUSTOMOBJECT", "name": "Car_c" }""")]
    public void A_target_that_says_what_holds_anyway_changes_nothing(string target)
    {
        var (bare, named) = (Parse(""), Parse($"\"target\": {target},"));

        Assert.True(named.IsNamedLikeTarget);
        Assert.Equal(bare.Definition, named.Definition);
    }

    [Fact]
    public void Another_target_is_a_change_of_the_mapping()
    {
        var change = Parse(""" "target": { "type": "customObject", "name": "bus_c" }, """)
            .Definition!.ChangeSince(Parse("").Definition, "car_c");

        Assert.StartsWith("the mapping of this job has changed", change, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"car_c\"", "jobs.car_c.target must be an object in braces")]
    [InlineData("{}", "jobs.car_c.target lacks \"type\"")]
    [InlineData(
        """{ "type": "customObjects" }""",
        "jobs.car_c.target.type is \"customObjects\", which is no target (did you mean \"customObject\"?)"
    )]
    [InlineData("""{ "type": "pigeon" }""", "jobs.car_c.target.type is \"pigeon\", which is no target; known here: ")]
    [InlineData("""{ "type": "customObject", "nmae": "bus_c" }""", "jobs.car_c.target has no setting \"nmae\" (did you mean \"name\"?)")]
    [InlineData("""{ "type": "customObject", "name": " " }""", "jobs.car_c.target.name must be a text in quotes that is not blank")]
    public void A_mistake_in_a_target_is_told(string target, string problem)
    {
        var mistakes = Assert.Throws<JobFileException>(() => Parse($"\"target\": {target},"));

        Assert.StartsWith(problem, Assert.Single(mistakes.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cars of berlin")]
    [InlineData("cars/berlin")]
    [InlineData("-cars")]
    [InlineData("cars#1")]
    public void A_job_with_a_target_has_a_name_that_can_be_part_of_keys_and_addresses(string name)
    {
        var mistakes = Assert.Throws<JobFileException>(() => Parse(""" "target": { "type": "customObject", "name": "bus_c" }, """, name));

        Assert.Contains("needs a job with a plain name", Assert.Single(mistakes.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_target_explains_itself_and_has_a_name_of_its_own()
    {
        Assert.NotEmpty(TargetTypes.All);
        Assert.All(TargetTypes.All, type => Assert.EndsWith(".", type.Description, StringComparison.Ordinal));
        Assert.All(
            TargetTypes.All.SelectMany(type => type.Settings),
            setting => Assert.EndsWith(".", setting.Description, StringComparison.Ordinal));
        Assert.Equal(TargetTypes.All.Count, TargetTypes.All.Select(type => type.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static SyncJob Parse(string target, string name = "car_c") => Assert.Single(JobFile.Parse(
        $$"""{ "jobs": { "{{name}}": { "source": { "type": "list" }, {{target}} "key": "vin", "fields": { "vin": "VIN" } } } }""",
        "jobs.json",
        [new ListType()]));

    private sealed class ListType : ISourceType
    {
        public string Name => "list";

        public string Description => "A list.";

        public IReadOnlyList<Setting> Settings => [];

        public ISource Read(JobSection section) => new ListSource();
    }
}
