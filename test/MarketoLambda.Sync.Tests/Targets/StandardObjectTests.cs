using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Marketo.StandardObjects;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.Targets;
using MarketoLambda.Sync.Targets.StandardObjects;

namespace MarketoLambda.Sync.Tests.Targets;

public sealed class CompanyTests : TargetContract
{
    private protected override ITarget Target { get; } = new StandardObjectTarget(StandardObject.Companies, "companies", WriteMode.Default) { MayBeOwnedByCrm = true };

    protected override string EmulatedName => "Company";

    protected override IReadOnlyList<string> KeyFields => ["externalCompanyId"];

    protected override string NumberField => "numberOfEmployees";

    protected override string LongField => "companyNotes";

    protected override void Define(MarketoEmulator marketo)
    {
        // Companies are there from the start.
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_native_crm_sync_stops_the_run_before_its_first_row_with_one_sentence(bool refusesCall)
    {
        // Given: some rows would be rejected even before they are sent
        Scenario.Marketo.Options.CrmSync = true;
        Scenario.Marketo.Options.Quirks.CrmRefusesCall = refusesCall;
        Scenario.Source.Add(1500, "many").Add(3000);

        // When
        var report = Scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Failed, 0L, 0L), (report.Outcome, report.Accepted, report.Rejected));
        Assert.StartsWith(
            "Native CRM sync owns companies (1018), so Marketo lets nobody else write them",
            report.Error,
            StringComparison.Ordinal);
        Assert.Empty(Scenario.Rejects.Stored);
        Assert.Single(Scenario.Marketo.Calls.Newest, call => call.Kind == CallKind.Sync && call.ObjectName == EmulatedName);
    }

    [Fact]
    public void A_crm_sync_that_is_switched_on_meanwhile_stops_the_job_and_rejects_nobody() => Use(async writer =>
    {
        await writer.EnsureWritableAsync(CancellationToken.None);
        Scenario.Marketo.Options.CrmSync = true;

        var upsert = await Assert.ThrowsAsync<JobMismatchException>(() => UpsertAsync(writer, Record("a"), Record("b")));
        var delete = await Assert.ThrowsAsync<JobMismatchException>(() =>
            writer.DeleteAsync([Record("a")], Marketo.Calls.CallPurpose.Import, CancellationToken.None));

        Assert.Equal(upsert.Message, delete.Message);
    });

    [Fact]
    public void Asking_whether_companies_may_be_written_changes_nothing() => Use(async writer =>
    {
        await writer.EnsureWritableAsync(CancellationToken.None);

        Assert.Empty(Stored());
    });

    [Fact]
    public void A_sales_person_that_does_not_exist_fails_whole_calls_and_only_its_company_is_rejected()
    {
        // Given
        Scenario.Marketo.AddSalesPerson("1");
        Scenario.Job = Scenario.Job with { Fields = [.. Scenario.Job.Fields.SkipLast(1), new("externalSalesPersonId", "Value")] };
        Scenario.Source.Add(412).Add("key-of-nobody", "nobody").Add(500);

        // When
        var report = Scenario.Run();

        // Then
        Assert.Equal((RunOutcome.Succeeded, 912L, 1L), (report.Outcome, report.Accepted, report.Rejected));
        var reject = Assert.Single(Scenario.Rejects.Stored);
        Assert.Equal(("key-of-nobody", "718"), (reject.Key, reject.Code));
        Assert.Contains("create the sales person in Marketo first", reject.Reason, StringComparison.Ordinal);
        Assert.Equal(912, Stored().Count);
    }
}
