using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Hosting.Tests.Requests;

/// <summary>Promise P6: being warm changes the number of calls, never the result.</summary>
public sealed class WarmTests : IDisposable
{
    private readonly ServerlessScenario _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public void A_warm_instance_that_finds_nothing_new_makes_no_call()
    {
        // Given
        _app.Sync.Source.Add(10);
        _app.AskForProduct("3 o'clock").Deliver();
        var calls = _app.MarketoCalls;

        // When
        var report = _app.AskForProduct("half past 3").Deliver();

        // Then
        Assert.Equal(RunOutcome.NothingNew, report!.Outcome);
        Assert.Equal(calls, _app.MarketoCalls);
    }

    [Fact]
    public void A_cold_instance_reads_what_marketo_remembers_and_comes_to_the_same_result()
    {
        // Given
        _app.Sync.Source.Add(10);
        _app.AskForProduct("3 o'clock").Deliver();
        var calls = _app.MarketoCalls;

        // When
        var report = _app.ColdStart().AskForProduct("half past 3").Deliver();

        // Then
        Assert.Equal(RunOutcome.NothingNew, report!.Outcome);
        Assert.True(_app.MarketoCalls > calls);
    }

    [Fact]
    public void A_warm_instance_imports_with_fewer_calls_than_a_cold_one()
    {
        // Given
        _app.Sync.Source.Add(10);
        _app.AskForProduct("3 o'clock").Deliver();

        // When
        var warm = CallsOfARunWithNews("half past 3");
        _app.ColdStart();
        var cold = CallsOfARunWithNews("4 o'clock");

        // Then
        Assert.True(warm < cold, $"warm {warm}, cold {cold}");
        Assert.Equal(12, _app.Sync.Marketo.Count(SyncScenario.Product));
    }

    [Fact]
    public void A_warm_instance_whose_memory_is_stale_finds_out_and_neither_loses_nor_doubles_anything()
    {
        // Given: after this instance, another host has run
        _app.Sync.Source.Add(10);
        _app.AskForProduct("3 o'clock").Deliver();
        _app.Sync.Source.Add(10);
        _app.Sync.Run();
        _app.Sync.Source.Add(10);

        // When
        var report = _app.AskForProduct("half past 3").Deliver();

        // Then: only what the other one has not done
        Assert.Equal((RunOutcome.Succeeded, 3L, 10L), (report!.Outcome, report.RunNumber, report.Accepted));
        Assert.Equal(30, _app.Sync.Marketo.Count(SyncScenario.Product));
        Assert.Equal(30, _app.Sync.State().TotalRecordsInEpoch);
    }

    [Fact]
    public void A_warm_instance_looks_at_marketo_at_least_once_an_hour()
    {
        // Given
        _app.Sync.Source.Add(10);
        _app.AskForProduct("3 o'clock").Deliver();
        var calls = _app.MarketoCalls;

        // When
        _app.Sync.Time.Advance(TimeSpan.FromHours(1));
        _app.AskForProduct("4 o'clock").Deliver();

        // Then
        Assert.True(_app.MarketoCalls > calls);
    }

    /// <summary>The README's table. Identity, which Marketo does not count, included.</summary>
    [Fact]
    public void These_are_the_calls_a_run_costs()
    {
        // Given
        _app.AskForProduct("the first of all").Deliver();

        // When
        var coldWithNews = Calls(news: true, isCold: true);
        var warmWithNews = Calls(news: true, isCold: false);
        var coldWithout = Calls(news: false, isCold: true);
        var warmWithout = Calls(news: false, isCold: false);
        var stale = Stale();

        // Then
        Assert.Equal(
            (warmWithout: 0, warmWithNews: 6, coldWithout: 6, coldWithNews: 12, stale: 11),
            (warmWithout, warmWithNews, coldWithout, coldWithNews, stale));
    }

    private int Stale()
    {
        _app.Sync.Source.Add(1);
        _app.Sync.Run();
        return Calls(news: true, isCold: false);
    }

    private int Calls(bool news, bool isCold)
    {
        if (isCold)
        {
            _app.ColdStart();
        }

        if (news)
        {
            _app.Sync.Source.Add(1);
        }

        var before = _app.MarketoCalls;
        _app.AskForProduct($"run after {before} calls").Deliver();
        return _app.MarketoCalls - before;
    }

    private int CallsOfARunWithNews(string occasion)
    {
        _app.Sync.Source.Add(1);
        var before = _app.MarketoCalls;
        _app.AskForProduct(occasion).Deliver();
        return _app.MarketoCalls - before;
    }
}
