using MarketoLambda.Sync.Jobs;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Jobs;

public sealed class JobOrderTests
{
    [Fact]
    public void Jobs_that_name_none_keep_the_order_of_the_file() =>
        Assert.Equal(["b", "a", "c"], Names(JobOrder.Sort([Job("b"), Job("a"), Job("c")])));

    [Fact]
    public void A_job_runs_after_those_it_names_in_any_casing() =>
        Assert.Equal(
            ["companies", "leads", "opportunities", "roles"],
            Names(JobOrder.Sort([
                Job("roles", "Opportunities", "leads"), Job("leads", "COMPANIES"), Job("opportunities", "companies"), Job("companies"),
            ])));

    [Fact]
    public void A_job_that_comes_after_two_runs_behind_both() =>
        Assert.Equal(["c", "b", "a"], Names(JobOrder.Sort([Job("a", "c", "b"), Job("b", "c"), Job("c")])));

    [Fact]
    public void A_name_that_is_not_among_the_jobs_holds_nothing_up() =>
        Assert.Equal(["a", "b"], Names(JobOrder.Sort([Job("a", "gone"), Job("b", "a")])));

    [Fact]
    public void Jobs_that_know_nothing_of_each_other_are_groups_of_their_own()
    {
        var groups = JobOrder.Groups([Job("roles", "leads", "deals"), Job("leads"), Job("products"), Job("deals")]);

        Assert.Equal([["products"], ["leads", "deals", "roles"]], groups.Select(Names).OrderBy(names => names.Count));
    }

    [Fact]
    public void A_chain_is_one_group_and_a_job_in_its_middle_holds_it_together_while_it_is_there()
    {
        SyncJob[] chain = [Job("a"), Job("b", "a"), Job("c", "b")];

        Assert.Equal([["a", "b", "c"]], JobOrder.Groups(chain).Select(Names));
        Assert.Equal([["a"], ["c"]], JobOrder.Groups([chain[0], chain[2]]).Select(Names));
    }

    private static SyncJob Job(string name, params string[] after) => new(name, new ListSource(), ["key"], []) { After = after };

    private static IReadOnlyList<string> Names(IEnumerable<SyncJob> jobs) => [.. jobs.Select(job => job.Name)];
}
