using MarketoLambda.Cli.Doctor;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Tests.Doctor;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("Marketo:ClientSecret", "s3cret-value")]
    [InlineData("Marketo:ClientId", "the-client-id")]
    [InlineData("Alerts:SmtpPassword", "p4ssword")]
    [InlineData("Connections:crm:PrivateKey", "MIIEvQIB")]
    [InlineData("Connections:erp:Password", "hunter22")]
    public void What_a_setting_keeps_secret_is_hidden(string setting, string value)
    {
        SafeText safe = new(Settings((setting, value)));

        Assert.Equal("It said \"…\" twice: …", safe.From($"It said \"{value}\" twice: {value}"));
    }

    [Fact]
    public void The_password_in_a_connection_string_is_hidden_by_itself()
    {
        SafeText safe = new(Settings(("Connections:erp:ConnectionString", "Host=db.example.com;Username=jane;Password=hunter22")));

        Assert.Equal("password … of … at db.example.com", safe.From("password hunter22 of jane at db.example.com"));
    }

    [Fact]
    public void Hosts_and_numbers_of_settings_stay()
    {
        SafeText safe = new(Settings(("Alerts:SmtpHost", "mail.example.com"), ("Marketo:DailyQuota", "50000")));

        Assert.Equal("mail.example.com 50000", safe.From("mail.example.com 50000"));
    }

    [Theory]
    [InlineData("1,200 by jane.doe@example.com", "1,200 by j…@example.com")]
    [InlineData("<a+b@mail.example.co.uk>", "<a…@mail.example.co.uk>")]
    public void Of_an_address_the_first_letter_and_the_domain_stay(string text, string told) =>
        Assert.Equal(told, new SafeText(Settings()).From(text));

    [Fact]
    public void The_folder_that_bears_the_name_of_the_user_is_not_named()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.SkipWhen(home.Length < 2, "This user has no folder.");

        Assert.Equal("files in ~/drop", new SafeText(Settings()).From($"files in {home}/drop"));
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .Build();
}
