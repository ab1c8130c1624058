using System.Net.Http.Headers;
using MarketoLambda.Emulator.Identity;

namespace MarketoLambda.Emulator.Tests.Usage;

public sealed class UsageTests
{
    [Fact]
    public async Task Usage_counts_todays_calls_of_each_user_including_this_one()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest(options => options.Services.Add(
            new CustomService { ClientId = "second", ClientSecret = "s", OwnerEmail = "zoe@emulator.example" })).SignInAsync();
        await marketo.AnyCallAsync();
        await marketo.AnyCallAsync();
        var token = (await marketo.GetAsync("/identity/oauth/token?grant_type=client_credentials&client_id=second&client_secret=s")).Text(
            "access_token");
        marketo.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // When
        var usage = (await marketo.GetAsync("/rest/v1/stats/usage.json")).Row();
        // Then
        Assert.Equal("2026-09-01", usage.Text("date"));
        Assert.Equal(3, usage.GetProperty("total").GetInt32());
        Assert.Equal(
            [("api-user@emulator.example", 2), ("zoe@emulator.example", 1)],
            usage.GetProperty("users").EnumerateArray().Select(user => (user.Text("userId"), user.GetProperty("count").GetInt32())));
    }

    [Fact]
    public async Task The_last_seven_days_come_one_by_one_newest_first()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        await marketo.AnyCallAsync();
        marketo.Time.Advance(TimeSpan.FromDays(2));
        await marketo.SignInAsync();
        // When
        var days = await marketo.GetAsync("/rest/v1/stats/usage/last7days.json");
        // Then
        Assert.Equal([1, 0, 1, 0, 0, 0, 0], days.GetProperty("result").EnumerateArray().Select(day => day.GetProperty("total").GetInt32()));
        Assert.Equal("2026-08-28", days.Row(6).Text("date"));
    }

    [Fact]
    public async Task Errors_are_counted_by_code()
    {
        // Given
        using var marketo = await new SubscriptionUnderTest().SignInAsync();
        await marketo.GetAsync("/rest/v1/nothing.json");
        await marketo.GetAsync("/rest/v1/nothing.json");
        await marketo.PostAsync("/rest/v1/customobjects.json", "{}");
        // When
        var errors = (await marketo.GetAsync("/rest/v1/stats/errors.json")).Row();
        var week = await marketo.GetAsync("/rest/v1/stats/errors/last7days.json");
        // Then
        Assert.Equal(3, errors.GetProperty("total").GetInt32());
        Assert.Equal(
            [("605", 1), ("610", 2)],
            errors.GetProperty("errors").EnumerateArray().Select(error => (error.Text("errorCode"), error.GetProperty("count").GetInt32()))
        );
        Assert.Equal(7, week.Rows());
    }

    [Fact]
    public async Task The_day_changes_at_midnight_cst()
    {
        // Given
        using var marketo = new SubscriptionUnderTest();
        marketo.Time.SetUtcNow(new DateTimeOffset(2026, 9, 2, 5, 59, 59, TimeSpan.Zero));
        await marketo.SignInAsync();
        // When
        var before = (await marketo.GetAsync("/rest/v1/stats/usage.json")).Row();
        marketo.Time.Advance(TimeSpan.FromSeconds(1));
        var after = (await marketo.GetAsync("/rest/v1/stats/usage.json")).Row();
        // Then
        Assert.Equal(("2026-09-01", "2026-09-02"), (before.Text("date"), after.Text("date")));
        Assert.Equal(1, after.GetProperty("total").GetInt32());
    }
}
