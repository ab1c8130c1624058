using System.Net;
using System.Net.Sockets;
using MarketoLambda.Cli.Doctor;
using MarketoLambda.Cli.Output;
using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;
using MarketoLambda.Sync.Failures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace MarketoLambda.Cli.Tests.Doctor;

/// <summary>Against the emulator, over handlers instead of a network.</summary>
public sealed class ExaminationTests : IDisposable
{
    private const string Host = "123-abc-456.mktorest.com";
    private const string Jobs =
        """{ "jobs": { "car_c": { "source": { "type": "csv", "folder": "drop" }, "key": "vin", "fields": { "vin": "VIN" } } } }""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketo-lambda-doctor-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly EmulatorOptions _options = new();
    private readonly MarketoEmulator _marketo;
    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Marketo:BaseUrl"] = $"https://{Host}",
        ["Marketo:ClientId"] = CustomService.DefaultClientId,
        ["Marketo:ClientSecret"] = CustomService.DefaultClientSecret,
    };

    public ExaminationTests()
    {
        _marketo = new MarketoEmulator(_options, _time);
        _marketo.DefineObject("car_c", "Car", FieldDefinition.Key("vin"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "drop"));
        File.WriteAllText(Path.Combine(_folder.FullName, "jobs.json"), Jobs);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Everything_is_looked_at_in_order()
    {
        var found = await ExamineAsync();

        Assert.Equal(
            [
                "Job file", "Settings", "DNS", "TLS", "Address", "Clock", "Login", "Quota", "Permission \"Read-Only Custom Object\"",
                "Permission \"Read-Write Custom Object\"", "Object customObjectSyncMetadata_c",
            ],
            found.All.Select(finding => finding.Subject).Take(11));
    }

    [Theory]
    [InlineData(ApiPermissions.None, "Read-Only Custom Object", "Wrong")]
    [InlineData(ApiPermissions.ReadCustomObject, "Read-Only Custom Object", "Good")]
    [InlineData(ApiPermissions.ReadCustomObject, "Read-Write Custom Object", "Wrong")]
    [InlineData(ApiPermissions.WriteCustomObject, "Read-Write Custom Object", "Good")]
    [InlineData(ApiPermissions.WriteCustomObject, "Read-Only Custom Object Type", "Warning")]
    [InlineData(ApiPermissions.ReadCustomObjectType, "Read-Only Custom Object Type", "Good")]
    [InlineData(ApiPermissions.ReadCustomObjectType, "Read-Write Custom Object Type", "Warning")]
    [InlineData(ApiPermissions.All, "Read-Write Custom Object Type", "Good")]
    public async Task A_permission_is_seen_by_itself(ApiPermissions granted, string permission, string mark)
    {
        _options.Services[0].Permissions = granted;

        var found = await ExamineAsync();

        Assert.Equal(mark, One(found, $"Permission \"{permission}\"").Mark.ToString());
    }

    [Fact]
    public async Task It_changes_nothing_in_marketo()
    {
        await ExamineAsync();

        var types = One(await ExamineAsync(), "Custom object types").Text;
        Assert.StartsWith("1 there;", types, StringComparison.Ordinal);
        Assert.Empty(_marketo.Records("car_c"));
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_a_wrong_setting()
    {
        var found = await ExamineAsync(new NetworkAccess
        {
            FindProxy = _ => null,
            ResolveAsync = (_, _) => throw new SocketException((int)SocketError.HostNotFound),
        });

        Assert.Contains($"there is no host {Host}", One(found, "DNS").Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, found.ExitCode);
    }

    [Fact]
    public async Task A_name_server_out_of_reach_passes()
    {
        var found = await ExamineAsync(new NetworkAccess
        {
            FindProxy = _ => null,
            ResolveAsync = (_, _) => throw new SocketException((int)SocketError.NetworkUnreachable),
        });

        Assert.Equal(FindingMark.Wrong, One(found, "DNS").Mark);
    }

    [Theory]
    [InlineData("https://app-ab12.marketo.com", "user interface")]
    [InlineData("https://experience.adobe.com", "user interface")]
    [InlineData("https://123-abc-456.mktorest.com/rest/v1", "without any path")]
    [InlineData("123-abc-456.mktorest.com", "is not the address")]
    public async Task An_address_that_cannot_be_right_is_told_with_the_form_of_the_right_one(string address, string told)
    {
        _settings["Marketo:BaseUrl"] = address;

        var found = await ExamineAsync();

        var finding = One(found, "Settings");
        Assert.Contains(told, finding.Text, StringComparison.Ordinal);
        Assert.Contains(".mktorest.com", finding.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, found.ExitCode);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, null, "is not Marketo's API")]
    [InlineData(HttpStatusCode.NotFound, null, "HTTP 404")]
    [InlineData(HttpStatusCode.Redirect, "https://login.example.com/x?secret=1", "to https://login.example.com:")]
    public async Task Something_else_than_marketo_answers(HttpStatusCode status, string? location, string told)
    {
        var found = await ExamineAsync(Answering(() =>
        {
            HttpResponseMessage page = new(status) { Content = new StringContent("<html>Log in</html>") };
            page.Headers.Location = location is null ? null : new Uri(location);
            return page;
        }));

        Assert.Contains(told, One(found, "Address").Text, StringComparison.Ordinal);
        Assert.DoesNotContain(found.All, finding => finding.Subject == "Login");
    }

    [Theory]
    [InlineData(90, "this machine is 90 seconds behind Marketo")]
    [InlineData(-90, "this machine is 90 seconds ahead of Marketo")]
    [InlineData(2, "2 seconds from Marketo's")]
    public async Task A_clock_that_is_off_is_seen(int seconds, string told)
    {
        var found = await ExamineAsync(Answering(() =>
        {
            HttpResponseMessage refusal = new()
            {
                Content = new StringContent("""{"requestId":"1#2","success":false,"errors":[{"code":"603","message":"Access denied"}]}"""),
            };
            refusal.Headers.Date = _time.GetUtcNow().AddSeconds(seconds);
            return refusal;
        }));

        Assert.Contains(told, One(found, "Clock").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_told_without_it()
    {
        _settings["Marketo:ClientSecret"] = "not-the-secret";

        var found = await ExamineAsync();

        Assert.Equal(FindingMark.Wrong, One(found, "Login").Mark);
        Assert.DoesNotContain(found.All, finding => finding.Text.Contains("not-the-secret", StringComparison.Ordinal));
        Assert.Equal(ExitCode.WrongInput, found.ExitCode);
    }

    [Fact]
    public async Task Who_uses_the_quota_is_told_by_the_first_letter()
    {
        await ExamineAsync();

        var found = await ExamineAsync();

        Assert.Matches(
            @"\d+ of 50,000 calls are used today: \d+ by a…@emulator\.example(, \d+ by unknown)?; imports stop at 40,000 calls",
            One(found, "Quota").Text);
    }

    [Fact]
    public async Task Objects_that_may_not_fit_are_told_before_init_fails()
    {
        for (var number = 1; number < 9; number++)
        {
            _marketo.DefineObject($"other{number}_c", $"Other {number}", FieldDefinition.Key("id"));
        }

        var found = await ExamineAsync();

        var finding = One(found, "Custom object types");
        Assert.Equal(FindingMark.Warning, finding.Mark);
        Assert.Contains("9 there", finding.Text, StringComparison.Ordinal);
        Assert.Contains("3 more types may not fit", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_init_the_objects_are_missing()
    {
        var found = await ExamineAsync();

        Assert.Contains("marketo-lambda init", One(found, "Object customObjectSyncMetadata_c").Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, found.ExitCode);
    }

    [Fact]
    public async Task Mistakes_of_the_job_file_do_not_hide_marketo()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "jobs.json"), "{");

        var found = await ExamineAsync();

        Assert.Equal(FindingMark.Wrong, One(found, "Job file").Mark);
        Assert.Equal(FindingMark.Good, One(found, "Login").Mark);
    }

    [Fact]
    public async Task A_source_without_files_is_told()
    {
        var found = await ExamineAsync();

        Assert.NotEqual(FindingMark.Good, One(found, "Source of car_c").Mark);
        Assert.Equal(FindingMark.Good, One(found, "Target of car_c").Mark);
    }

    [Fact]
    public async Task Wrong_mail_settings_are_told()
    {
        _settings["Alerts:To"] = "jane@example.com";

        var found = await ExamineAsync();

        Assert.Contains("Alerts__SmtpHost is missing", One(found, "Mail").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_seen_says_so()
    {
        _settings.Remove("Marketo:BaseUrl");

        var found = await ExamineAsync();

        Assert.Equal(
            ["Permissions, quota and what is kept in Marketo", "Mail", "Deployed functions"],
            found.All.Where(finding => finding.Mark == FindingMark.NotSeen).Select(finding => finding.Subject));
    }

    private static Finding One(Findings found, string subject) =>
        Assert.Single(found.All, finding => finding.Subject == subject);

    private NetworkAccess Answering(Func<HttpResponseMessage> answer) => Emulated(() => new Answer(answer));

    private NetworkAccess Emulated(Func<HttpMessageHandler> first) => new()
    {
        FindProxy = _ => null,
        ResolveAsync = (_, _) => Task.CompletedTask,
        CreateHandler = _ => first(),
        Marketo = _marketo.CreateHandler,
    };

    private async Task<Findings> ExamineAsync(NetworkAccess? network = null)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(_settings).Build();
        Findings findings = new(new SafeText(settings), _ => { });
        Examination examination = new(
            Path.Combine(_folder.FullName, "jobs.json"),
            settings,
            network ?? Emulated(_marketo.CreateHandler),
            _time,
            findings);
        await examination.RunAsync(TestContext.Current.CancellationToken);
        return findings;
    }

    private sealed class Answer(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer());
    }
}
