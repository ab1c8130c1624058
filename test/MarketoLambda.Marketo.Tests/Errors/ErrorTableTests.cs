using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Tests.Errors;

/// <summary>Every code of the table at every kind of call: how often is it tried, and how does it end.</summary>
public sealed class ErrorTableTests
{
    public static TheoryData<string> Codes =>
        [.. MarketoErrorCatalog.All.Select(error => error.Code).Where(code => int.TryParse(code, out _)), "12345"];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_write_that_keeps_failing_ends_as_the_table_says(string code) =>
        EndsAsTheTableSays(code, isWrite: true, client => client.SyncAsync());

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_delete_that_keeps_failing_ends_as_the_table_says(string code) =>
        EndsAsTheTableSays(code, isWrite: true, client => client.DeleteAsync());

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_query_that_keeps_failing_ends_as_the_table_says(string code) =>
        EndsAsTheTableSays(code, isWrite: false, client => client.QueryAsync());

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_schema_call_that_keeps_failing_ends_as_the_table_says(string code) =>
        EndsAsTheTableSays(code, isWrite: true, client => client.Schema.ApproveAsync("car_c", CancellationToken.None));

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_failure_that_passes_is_not_noticed_by_the_caller(string code)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError(code).Then(Some.Created());
        var passes = MarketoErrorCatalog.Find(code).Disposition
            is Disposition.RenewToken or Disposition.Throttled or Disposition.Transient or Disposition.Ambiguous;

        // When
        var error = Record.Exception(() => client.Run(() => client.SyncAsync()));

        // Then
        Assert.Equal(passes, error is null);
        Assert.Equal(passes ? 2 : 1, client.Marketo.Calls.Count);
    }

    private static void EndsAsTheTableSays(string code, bool isWrite, Func<MarketoUnderTest, Task> call)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Otherwise = (_, _) => Task.FromResult(ScriptedMarketo.Json(ScriptedMarketo.ErrorJson(code)));
        var row = MarketoErrorCatalog.Find(code);
        var (tries, type) = row.Disposition switch
        {
            Disposition.RenewToken => (2, typeof(MarketoAuthorizationException)),
            Disposition.Throttled => (40, typeof(MarketoUnavailableException)),
            Disposition.Transient or Disposition.Ambiguous => (4, typeof(MarketoUnavailableException)),
            Disposition.QuotaReached => (1, typeof(MarketoQuotaExceededException)),
            Disposition.Denied => (1, typeof(MarketoAuthorizationException)),
            _ => (1, typeof(MarketoRequestException)),
        };

        // When
        var error = (MarketoException)Assert.Throws(type, () => client.Time.Run(() => call(client)));

        // Then
        Assert.Equal(tries, client.Marketo.Calls.Count);
        Assert.Equal((code, "e42b#14272d07d78"), (error.Code, error.RequestId));
        Assert.Contains($"({code}): {row.Remedy}", error.Message, StringComparison.Ordinal);
        Assert.Equal(row.IsCounted ? tries : 0, client.Counter.Total);
        if (error is MarketoUnavailableException unavailable)
        {
            Assert.Equal(isWrite && row.Disposition == Disposition.Ambiguous, unavailable.MayHaveBeenExecuted);
        }
    }

    [Fact]
    public void The_quota_comes_back_at_the_next_six_o_clock_utc()
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.ThenError("607");

        // When
        var error = client.Fails<MarketoQuotaExceededException>(() => client.SyncAsync());

        // Then
        Assert.Equal(new DateTimeOffset(2026, 11, 5, 6, 0, 0, TimeSpan.Zero), error.ResetsAt);
    }

    [Fact]
    public void Words_that_may_quote_a_field_value_stay_out_of_the_message()
    {
        // Given
        using var client = new MarketoUnderTest();
        client
            .Marketo.ThenError("1001", "Invalid value 'jane@example.com'. Required of type 'integer'")
            .ThenError("1003", "Invalid filterType 'brand'");

        // When
        var quoting = client.Fails<MarketoRequestException>(() => client.QueryAsync());
        var harmless = client.Fails<MarketoRequestException>(() => client.QueryAsync());

        // Then
        Assert.DoesNotContain("jane", quoting.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Invalid filterType 'brand' (1003): ", harmless.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"requestId":"a#1","success":false,"errors":[{"code":606,"message":"x"}]}""", true)]
    [InlineData("""{"requestId":"a#1","success":false,"errors":[]}""", true)]
    [InlineData("""{"requestId":"a#1","success":false}""", true)]
    [InlineData("""{}""", true)]
    [InlineData("""null""", true)]
    [InlineData("""{"requestId":"a#1","success":false,"errors":[{"code":610,"message":"x"}]}""", false)]
    public void An_odd_envelope_is_retried_unless_it_names_a_reason_not_to(string json, bool isRetried)
    {
        // Given
        using var client = new MarketoUnderTest();
        client.Marketo.Then(json).Then(Some.Created());

        // When
        var error = Record.Exception(() => client.Run(() => client.SyncAsync()));

        // Then
        Assert.Equal(isRetried, error is null);
    }
}
