using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>The name that Marketo gives an object is the key of its job, in whatever casing people write it.</summary>
public sealed class JobNameCasingTests
{
    private readonly SyncScenario _scenario = new SyncScenario(marketo: options =>
        options.Quirks.ObjectNamesIgnoreCase = true
    ).Initialized();

    [Fact]
    public void Two_casings_of_one_name_share_the_state_the_claims_and_the_rejects()
    {
        // Given
        _scenario.Source.Add(3);
        _scenario.Run();
        _scenario.Job = _scenario.Job with { Name = "PRODUCT_C" };
        _scenario.Source.Add(2);

        // When
        var report = _scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 2L, 2L), (report.Outcome, report.RunNumber, report.Accepted));
        Assert.Equal("product_c", Assert.Single(_scenario.Marketo.Records(StateFields.ObjectApiName)).Key);
        Assert.Equal(
            ["product_c#000000001", "product_c#000000002", "product_c#floor"],
            _scenario.Marketo.Records(RunFields.ObjectApiName).Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_init_under_another_casing_creates_nothing_anew()
    {
        // When
        _scenario.Use(services => services.GetRequiredService<StateSetup>().EnsureRecordsAsync("Product_C", CancellationToken.None));

        // Then
        Assert.Single(_scenario.Marketo.Records(StateFields.ObjectApiName));
        Assert.Single(_scenario.Marketo.Records(RunFields.ObjectApiName));
    }
}
