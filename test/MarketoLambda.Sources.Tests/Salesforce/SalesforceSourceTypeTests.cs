using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sync.JobFiles;

namespace MarketoLambda.Sources.Tests.Salesforce;

public sealed class SalesforceSourceTypeTests
{
    [Theory]
    [InlineData("\"deleted\": \"gone\"", ".deleted must be \"ignore\"")]
    [InlineData("\"deleted\": \"7\"", ".deleted must be \"ignore\"")]
    [InlineData("\"filter\": \"(Status = 'x'\"", ".filter has a bracket or a quote without its counterpart")]
    [InlineData("\"filter\": \"Name = 'x') OR (Name = 'y'\"", ".filter has a bracket or a quote without its counterpart")]
    [InlineData("\"filter\": \"Name = 'O'Neill'\"", ".filter has a bracket or a quote without its counterpart")]
    [InlineData("\"bulkAbove\": -1", ".bulkAbove must be a whole number from 0")]
    [InlineData("\"lookbackMinutes\": -1", ".lookbackMinutes must be a whole number")]
    [InlineData("\"fliter\": \"x = 1\"", " has no setting \"fliter\" (did you mean \"filter\"?)")]
    public void A_wrong_setting_of_the_section_is_a_problem(string section, string problem)
    {
        // Given
        var crm = new Crm { Section = section };
        // When
        var (_, problems) = crm.Parse();
        // Then
        Assert.StartsWith($"jobs.x.source{problem}", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LoginUrl", null, "LoginUrl is missing")]
    [InlineData("LoginUrl", "mydomain.my.salesforce.com", "LoginUrl must be an address like")]
    [InlineData("LoginUrl", "http://mydomain.my.salesforce.com", "LoginUrl must be an address like")]
    [InlineData("LoginUrl", "https://mydomain.my.salesforce.com/services/oauth2", "LoginUrl must be an address like")]
    [InlineData("ClientId", " ", "ClientId is missing")]
    [InlineData("ClientSecret", null, "ClientSecret is missing; give it, or Username and PrivateKey")]
    [InlineData("ApiVersion", "latest", "ApiVersion must be a version like 62.0")]
    [InlineData("PrivateKey", "x", "ClientSecret stands beside PrivateKey")]
    public void A_wrong_connection_names_the_setting_in_full(string setting, string? value, string problem)
    {
        // Given
        var crm = new Crm();
        crm.Settings[$"Connections:crm:{setting}"] = value;
        // When
        var (_, problems) = crm.Parse();
        // Then
        Assert.StartsWith(
            $"jobs.x.source.connection is \"crm\", and the setting Connections__crm__{problem}",
            Assert.Single(problems),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "-----BEGIN PRIVATE KEY-----", "Username is missing")]
    [InlineData("me@example.com", "-----BEGIN PRIVATE KEY-----", "PrivateKey is not an RSA key in PEM")]
    public void A_key_needs_a_user_and_must_be_one(string? user, string key, string problem)
    {
        // Given
        var crm = new Crm();
        crm.Settings.Remove("Connections:crm:ClientSecret");
        crm.Settings["Connections:crm:Username"] = user;
        crm.Settings["Connections:crm:PrivateKey"] = key;
        // When
        var (_, problems) = crm.Parse();
        // Then
        Assert.StartsWith(
            $"jobs.x.source.connection is \"crm\", and the setting Connections__crm__{problem}",
            Assert.Single(problems),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_shows_a_secret()
    {
        // Given
        SalesforceConnection connection = new("crm", new Uri("https://x.my.salesforce.com"), "id", "62.0")
        {
            ClientSecret = "hidden-1",
            PrivateKey = "hidden-2",
        };
        SalesforceSession session = new("hidden-3", connection.LoginUrl);
        // When
        var shown = $"{connection} {session}";
        // Then
        Assert.DoesNotContain("hidden", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readmes_job_is_one()
    {
        // Given
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MarketoLambda.sln")))
        {
            folder = folder.Parent!;
        }

        var readme = File.ReadAllLines(Path.Combine(folder.FullName, "src/MarketoLambda.Sources/Salesforce/README.md"));
        var json = string.Join('\n', readme.SkipWhile(line => line != "```json").Skip(1).TakeWhile(line => line != "```"));
        Crm crm = new();
        // When
        var job = Assert.Single(JobFile.Parse(json, "README.md", [crm.SourceType()]));
        // Then
        Assert.Equal("Asset of Salesforce at emulated.my.salesforce.com", job.Source.Description);
    }

    [Fact]
    public void The_source_says_what_it_reads()
    {
        // Given
        var crm = new Crm();
        // When
        var source = crm.Source();
        // Then
        Assert.Equal("Asset of Salesforce at emulated.my.salesforce.com", source.Description);
        Assert.True(source.HasCursor);
    }
}
