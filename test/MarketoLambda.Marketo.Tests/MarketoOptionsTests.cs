using MarketoLambda.Marketo.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketoLambda.Marketo.Tests;

public sealed class MarketoOptionsTests
{
    private static readonly Dictionary<string, string?> Valid = new()
    {
        ["Marketo:BaseUrl"] = "https://123-abc-456.mktorest.com",
        ["Marketo:ClientId"] = "id",
        ["Marketo:ClientSecret"] = "secret-value",
    };

    [Fact]
    public void Only_address_and_credentials_are_needed()
    {
        var options = Read([]);

        Assert.Equal(
            (CallsPer20Seconds: 50, CallsInFlight: 5, RecordsPerCall: 300, DailyQuota: 50_000, DailySharePercent: 80),
            (options.CallsPer20Seconds, options.CallsInFlight, options.RecordsPerCall, options.DailyQuota, options.DailySharePercent));
    }

    [Theory]
    [InlineData("https://123-abc-456.mktorest.com", "https://123-abc-456.mktorest.com/")]
    [InlineData(" https://123-abc-456.mktorest.com/ ", "https://123-abc-456.mktorest.com/")]
    [InlineData("https://123-abc-456.mktorest.com/rest", "https://123-abc-456.mktorest.com/")]
    [InlineData("https://123-abc-456.mktorest.com/rest/", "https://123-abc-456.mktorest.com/")]
    [InlineData("https://123-abc-456.mktorest.com/identity", "https://123-abc-456.mktorest.com/")]
    [InlineData("http://localhost:5080", "http://localhost:5080/")]
    [InlineData("http://127.0.0.1:5080/rest", "http://127.0.0.1:5080/")]
    public void Address_is_accepted_in_the_forms_people_copy_it(string text, string expected) =>
        Assert.Equal(expected, MarketoBaseUrl.Parse(text)?.AbsoluteUri);

    [Theory]
    [InlineData("Marketo:BaseUrl", null, "Marketo__BaseUrl is missing")]
    [InlineData("Marketo:BaseUrl", "123-abc-456.mktorest.com", "Marketo__BaseUrl is not the address")]
    [InlineData("Marketo:BaseUrl", "http://123-abc-456.mktorest.com", "Marketo__BaseUrl is not the address")]
    [InlineData("Marketo:BaseUrl", "ftp://localhost", "Marketo__BaseUrl is not the address")]
    [InlineData("Marketo:BaseUrl", "https://123-abc-456.mktorest.com/rest/v1", "Marketo__BaseUrl is not the address")]
    [InlineData("Marketo:BaseUrl", "https://123-abc-456.mktorest.com?x=1", "Marketo__BaseUrl is not the address")]
    [InlineData("Marketo:ClientId", " ", "Marketo__ClientId is missing")]
    [InlineData("Marketo:ClientSecret", null, "Marketo__ClientSecret is missing")]
    [InlineData("Marketo:CallsPer20Seconds", "0", "Marketo__CallsPer20Seconds must be a whole number from 1 to 100")]
    [InlineData("Marketo:CallsPer20Seconds", "101", "Marketo__CallsPer20Seconds must be a whole number from 1 to 100")]
    [InlineData("Marketo:CallsPer20Seconds", "many", "Marketo__CallsPer20Seconds must be a whole number from 1 to 100")]
    [InlineData("Marketo:CallsInFlight", "0", "Marketo__CallsInFlight must be a whole number from 1 to 10")]
    [InlineData("Marketo:CallsInFlight", "11", "Marketo__CallsInFlight must be a whole number from 1 to 10")]
    [InlineData("Marketo:RecordsPerCall", "0", "Marketo__RecordsPerCall must be a whole number from 1 to 300")]
    [InlineData("Marketo:RecordsPerCall", "301", "Marketo__RecordsPerCall must be a whole number from 1 to 300")]
    [InlineData("Marketo:DailyQuota", "0", "Marketo__DailyQuota must be a whole number of at least 1")]
    [InlineData("Marketo:DailyQuota", "1e5", "Marketo__DailyQuota must be a whole number of at least 1")]
    [InlineData("Marketo:DailySharePercent", "0", "Marketo__DailySharePercent must be a whole number from 1 to 100")]
    [InlineData("Marketo:DailySharePercent", "101", "Marketo__DailySharePercent must be a whole number from 1 to 100")]
    public void A_mistake_is_told_by_the_name_people_set_it_by(string key, string? value, string message)
    {
        var failure = Assert.Single(Assert.Throws<OptionsValidationException>(() => Read(new() { [key] = value })).Failures);

        Assert.StartsWith(message, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Marketo:CallsPer20Seconds", "1")]
    [InlineData("Marketo:CallsPer20Seconds", "100")]
    [InlineData("Marketo:CallsInFlight", "10")]
    [InlineData("Marketo:RecordsPerCall", "300")]
    [InlineData("Marketo:DailyQuota", "1")]
    [InlineData("Marketo:DailySharePercent", "100")]
    [InlineData("Marketo:DailySharePercent", "")]
    public void The_ends_of_each_range_are_inside(string key, string value) => Read(new() { [key] = value });

    [Fact]
    public void All_mistakes_are_told_at_once_at_start_without_the_secret()
    {
        // Given
        var settings = new Dictionary<string, string?>
        {
            ["Marketo:BaseUrl"] = "nowhere",
            ["Marketo:ClientId"] = "",
            ["Marketo:CallsInFlight"] = "x",
            ["Marketo:DailySharePercent"] = "200",
        };

        // When
        var error = Assert.Throws<OptionsValidationException>(() => Provider(settings).GetRequiredService<IStartupValidator>().Validate());

        // Then
        Assert.Equal(4, error.Failures.Count());
        Assert.DoesNotContain("secret-value", error.ToString(), StringComparison.Ordinal);
    }

    private static MarketoOptions Read(Dictionary<string, string?> changes) =>
        Provider(changes).GetRequiredService<IOptions<MarketoOptions>>().Value;

    private static ServiceProvider Provider(Dictionary<string, string?> changes)
    {
        var settings = new Dictionary<string, string?>(Valid);
        foreach (var (key, value) in changes)
        {
            settings[key] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddMarketo(configuration.GetSection(MarketoOptions.Section)).BuildServiceProvider();
    }
}
