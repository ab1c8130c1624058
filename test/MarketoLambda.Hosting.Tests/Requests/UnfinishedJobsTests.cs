using MarketoLambda.Hosting.Runs;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Hosting.Tests.Requests;

/// <summary>Because of which outcomes a job is skipped that comes after another.</summary>
public sealed class UnfinishedJobsTests
{
    private static readonly SyncJob Deals = new("deals_c", new ListSource(), ["key"], []) { After = ["Leads_c", "companies_c"] };

    [Theory]
    [InlineData(RunOutcome.NothingNew)]
    [InlineData(RunOutcome.Succeeded)]
    public void What_finished_holds_nothing_back(RunOutcome outcome) => Assert.Null(After(outcome).FindCause(Deals));

    [Theory]
    [InlineData(RunOutcome.Failed, "has failed")]
    [InlineData(RunOutcome.Continued, "is not finished yet")]
    [InlineData(RunOutcome.Interrupted, "is not finished yet")]
    [InlineData(RunOutcome.QuotaReached, "is not finished yet")]
    [InlineData(RunOutcome.Busy, "is at work elsewhere")]
    [InlineData(RunOutcome.Skipped, "was skipped itself")]
    public void What_did_not_finish_is_named_with_what_became_of_it(RunOutcome outcome, string verb)
    {
        var report = After(outcome).FindCause(Deals)!.Report("deals_c", DateTimeOffset.UnixEpoch);

        Assert.Equal(RunOutcome.Skipped, report.Outcome);
        Assert.StartsWith(
            $"deals_c is skipped in this round, because companies_c, which comes before it, {verb}. ",
            report.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_says_so_runs_all_the_same() =>
        Assert.Null(After(RunOutcome.Failed).FindCause(Deals with { RunsAfterUnfinished = true }));

    [Fact]
    public void A_job_that_names_others_is_not_held_back() =>
        Assert.Null(After(RunOutcome.Failed).FindCause(Deals with { After = ["products_c"] }));

    private static UnfinishedJobs After(RunOutcome outcome)
    {
        UnfinishedJobs unfinished = new();
        unfinished.Add("COMPANIES_C", outcome);
        return unfinished;
    }
}
