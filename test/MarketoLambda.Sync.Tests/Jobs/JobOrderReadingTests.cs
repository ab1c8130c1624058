using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Jobs;

/// <summary><c>after</c> and <c>afterUnfinished</c> of the job file.</summary>
public sealed class JobOrderReadingTests
{
    [Fact]
    public void One_name_and_a_list_are_read_and_jobs_keep_the_order_of_the_file()
    {
        var jobs = Parse(
            ("roles_c", """ "after": ["leads_c", "companies_c"] """),
            ("leads_c", """ "after": "COMPANIES_C" """),
            ("companies_c", ""));

        Assert.Equal(["roles_c", "leads_c", "companies_c"], jobs.Select(job => job.Name));
        Assert.Equal([["leads_c", "companies_c"], ["COMPANIES_C"], []], jobs.Select(job => job.After));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(""", "afterUnfinished": "skip" """, false)]
    [InlineData(""", "afterUnfinished": "run" """, true)]
    public void What_becomes_of_a_job_behind_an_unfinished_one_is_a_setting(string setting, bool runs) =>
        Assert.Equal(runs, Parse(("a_c", $""" "after": "b_c"{setting} """), ("b_c", ""))[0].RunsAfterUnfinished);

    [Theory]
    [InlineData(""" "after": "companys_c" """, "jobs.leads_c.after names \"companys_c\", which is no job of this file (did you mean")]
    [InlineData(""" "after": "x" """, "names \"x\", which is no job of this file; known here: companies_c")]
    [InlineData(""" "after": "LEADS_C" """, "jobs.leads_c.after names the job itself")]
    [InlineData(""" "after": [] """, "jobs.leads_c.after must not be empty")]
    [InlineData(""" "after": 5 """, "jobs.leads_c.after must be a text in quotes")]
    [InlineData(""" "after": "companies_c", "afterUnfinished": "stop" """, "must be \"skip\" (until the next round) or \"run\"")]
    [InlineData(""" "afterUnfinished": "run" """, "jobs.leads_c.afterUnfinished means something with \"after\" only")]
    public void A_wrong_order_is_told(string setting, string problem)
    {
        var mistakes = Assert.Throws<JobFileException>(() => Parse(("leads_c", setting), ("companies_c", "")));

        Assert.Contains(problem, Assert.Single(mistakes.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_that_wait_for_each_other_are_one_mistake_that_names_them_in_order()
    {
        var mistakes = Assert.Throws<JobFileException>(() =>
            Parse(
                ("x_c", """ "after": "a_c" """),
                ("a_c", """ "after": "b_c" """),
                ("b_c", """ "after": "c_c" """),
                ("c_c", """ "after": "a_c" """)));

        Assert.Equal(
            "jobs.a_c.after leads back to this job: \"a_c\" comes after \"b_c\" comes after \"c_c\" comes after \"a_c\"; remove one of "
                + "these, or none of them could ever run",
            Assert.Single(mistakes.Problems).Message);
    }

    [Fact]
    public void The_order_is_no_part_of_what_a_job_reads_and_makes_of_it() =>
        Assert.Equal(Parse(("a_c", ""), ("b_c", ""))[0].Definition, Parse(("a_c", """ "after": "b_c" """), ("b_c", ""))[0].Definition);

    private static IReadOnlyList<SyncJob> Parse(params (string Name, string Settings)[] jobs) =>
        JobFile.Parse($$"""{ "jobs": { {{string.Join(",\n", jobs.Select(Text))}} } }""", "jobs.json", [new NoSourceType()]);

    private static string Text((string Name, string Settings) job) =>
        $$"""
        "{{job.Name}}": { "source": { "type": "none" }, "key": "a", "fields": { "a": "A" } {{(job.Settings.Length == 0 ? "" : $", {job.Settings}")}} }
        """;

    private sealed class NoSourceType : ISourceType
    {
        public string Name => "none";

        public string Description => "Nothing at all.";

        public IReadOnlyList<Setting> Settings => [];

        public ISource Read(JobSection section) => new ListSource();
    }
}
