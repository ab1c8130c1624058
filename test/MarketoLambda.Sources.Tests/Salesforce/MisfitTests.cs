using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MarketoLambda.Testing.Salesforce;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>Answers that are whole and wrong: asked for again, and told in one sentence where they stay wrong. Nothing of them
/// counts.</summary>
public sealed class MisfitTests
{
    public static TheoryData<string, string, string, string> Pages => new()
    {
        { "no word whether it is done", "\"done\":(true|false),", "", "lacks what every such answer holds" },
        { "done without a value", "\"done\":(true|false)", "\"done\":null", "lacks what every such answer holds" },
        { "no records", "\"records\":", "\"record\":", "lacks what every such answer holds" },
        { "records without a value", "\"records\":\\[.*\\]", "\"records\":null", "lacks what every such answer holds" },
        { "a record without a value", "\"records\":\\[", "\"records\":[null,", "holds a record without an id" },
        { "a number of records without a value", "\"totalSize\":\\d+", "\"totalSize\":null", "lacks what every such answer holds" },
        { "fewer records than there are", "\"totalSize\":\\d+,\"done\"", "\"totalSize\":9,\"done\"", "announces 9 records and holds" },
        { "an id without a value", "\"Id\":\"\\w+\"", "\"Id\":null", "holds a record without an id" },
        { "an id that is none", "\"Id\":\"\\w+\"", "\"Id\":\"' OR Id != '\"", "holds a record without an id" },
        { "no stamp", "\"SystemModstamp\":\"[^\"]+\"", "\"SystemModstamp\":null", "or without the time of its last change" },
        { "a stamp that is none", "\"SystemModstamp\":\"[^\"]+\"", "\"SystemModstamp\":true", "or without the time of its last change" },
        { "a stamp of another time", "\"SystemModstamp\":\"2026", "\"SystemModstamp\":\"2027", "holds records of another time or place" },
        { "a field that is missing", "\"SerialNumber\":", "\"Serial\":", "lacks what every such answer holds" },
        { "a field with members", "\"SerialNumber\":\"[^\"]+\"", "\"SerialNumber\":{\"a\":1}", "holds several values where one was asked "
            + "for" },
        { "a list", "^", "[", "HTTP 200: without Salesforce's own words" },
        { "an empty object", "^.*$", "{}", "lacks what every such answer holds" },
        { "a text", "^.*$", "\"ok\"", "lacks what every such answer holds" },
        { "nothing", "^.*$", "", "HTTP 200: without Salesforce's own words" },
        { "half", "(?<=SerialNumber).*$", "", "HTTP 200: without Salesforce's own words" },
        { "a portal", "^.*$", "<html>log in</html>", "HTTP 200: without Salesforce's own words" },
        { "a record twice", "\"records\":\\[(\\{.*?\\}(?=,\\{\"attr|\\])).*\\]", "\"records\":[$1,$1,$1]", "holds a record twice" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_that_is_none_of_its_query_is_asked_for_again_and_told(string what, string pattern, string replacement, string told)
    {
        // Given
        _ = what; // for the test's name
        var crm = Three();
        var whole = crm.Read();
        byte[] Rewrite(byte[] body) =>
            Encoding.UTF8.GetBytes(Regex.Replace(Encoding.UTF8.GetString(body), pattern, replacement, RegexOptions.Singleline));
        // When
        crm.Network = Rewriting.Bodies("/query?q=", Rewrite, times: 3);
        var mended = crm.Read();
        crm.Network = Rewriting.Bodies("/query?q=", Rewrite);
        var refusal = crm.Error();
        // Then
        Assert.Equal(whole.Ids, mended.Ids);
        Assert.Contains(told, refusal, StringComparison.Ordinal);
        Assert.Contains("nothing is lost", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_page_that_comes_again_instead_of_the_next_one_is_not_believed(int page)
    {
        // Given
        var crm = new Crm(org => org.PageSize = 2);
        for (var number = 1; number <= 9; number++)
        {
            crm.Put(number).After(TimeSpan.FromSeconds(1));
        }

        crm.After(TimeSpan.FromMinutes(5));
        byte[] last = [];
        var pages = 0;
        crm.Network = Rewriting.Bodies("/query?q=", body => pages++ == page ? last : last = body);
        // When
        var read = crm.Read();
        // Then
        Assert.Equal(Enumerable.Range(1, 9).Select(crm.Assets.Id), read.Ids);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void An_empty_page_in_the_middle_does_not_end_a_pass(int page)
    {
        // Given
        var crm = new Crm(org => org.PageSize = 2);
        for (var number = 1; number <= 9; number++)
        {
            crm.Put(number).After(TimeSpan.FromSeconds(1));
        }

        crm.After(TimeSpan.FromMinutes(5));
        var pages = 0;
        crm.Network = Rewriting.Bodies("/query?q=", body =>
            ++pages == page ? "{\"totalSize\":0,\"done\":true,\"records\":[]}"u8.ToArray() : body);
        // When
        var read = crm.Read();
        // Then
        Assert.Equal(Enumerable.Range(1, 9).Select(crm.Assets.Id), read.Ids);
    }

    [Theory]
    [InlineData("/describe", "\"fields\":\\[", "\"fields\":[null,")]
    [InlineData("/describe", "\"name\":\"SerialNumber\"", "\"name\":null")]
    [InlineData("/describe", "\"type\":\"string\"", "\"type\":7")]
    [InlineData("/oauth2/token", "\"instance_url\":\"[^\"]+\"", "\"instance_url\":7")]
    [InlineData("/oauth2/token", "^.*$", "[]")]
    public void What_comes_before_a_page_is_no_more_believed(string call, string pattern, string replacement)
    {
        // Given
        var crm = Three();
        byte[] Rewrite(byte[] body) =>
            Encoding.UTF8.GetBytes(Regex.Replace(Encoding.UTF8.GetString(body), pattern, replacement, RegexOptions.Singleline));
        // When
        crm.Network = Rewriting.Bodies(call, Rewrite, times: 3);
        var mended = crm.Read();
        crm.Network = Rewriting.Bodies(call, Rewrite);
        var refusal = crm.Error();
        // Then
        Assert.Equal(3, mended.Ids.Length);
        Assert.StartsWith("An answer of Salesforce about Asset ", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/results", "\n$", "")]
    [InlineData("/results", "(?<=sn-5).*$", "")]
    [InlineData("/results", "\"sn-5\"", "sn\"5")]
    [InlineData("/results", "\"sn-5\",", "")]
    [InlineData("/results", "\"sn-5\"", "\"sn-5\",\"x\"")]
    [InlineData("/results", "SystemModstamp", "Stamp")]
    [InlineData("/results", "\"02i\\w+\"", "\"\"")]
    [InlineData("/results", "\"2026-[^\"]+\"", "\"soon\"")]
    [InlineData("/jobs/query/750", "\"state\":\"[^\"]+\"", "\"state\":null")]
    [InlineData("/jobs/query/750", "\"state\":\"[^\"]+\"", "\"state\":\"Sleeping\"")]
    [InlineData("/jobs/query/750", "\"id\":\"[^\"]+\"", "\"id\":\"750000000999999AAA\"")]
    [InlineData("/jobs/query/750", "\"numberRecordsProcessed\":\\d+", "\"numberRecordsProcessed\":null")]
    public void A_bulk_job_or_its_result_that_is_wrong_is_asked_for_again(string call, string pattern, string replacement)
    {
        // Given
        var crm = Three(bulk: true);
        var isWhole = pattern == "\n$"; // a closing quote at the end is an end, too
        byte[] Rewrite(byte[] body) =>
            Encoding.UTF8.GetBytes(Regex.Replace(Encoding.UTF8.GetString(body), pattern, replacement, RegexOptions.Singleline));
        // When
        crm.Network = Rewriting.Bodies(call, Rewrite, times: 3);
        var mended = crm.Read();
        // Then
        Assert.Equal(Enumerable.Range(1, 9).Select(crm.Assets.Id), mended.Ids);
        if (!isWhole)
        {
            crm.Network = Rewriting.Bodies(call, Rewrite);
            Assert.Matches("An answer of Salesforce about Asset|A bulk job for Asset came to nothing", crm.Error());
        }
    }

    [Fact]
    public void A_locator_that_leads_back_is_not_followed()
    {
        // Given
        var crm = Three(bulk: true, pageSize: 2);
        crm.Network = org => new Rewriting(org, (request, response) =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/results", StringComparison.Ordinal))
            {
                response.Headers.Remove("Sforce-Locator");
                response.Headers.Add("Sforce-Locator", Convert.ToBase64String("2"u8));
            }
        });
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith("An answer of Salesforce about Asset leads back to a part of the bulk result that was read", refusal,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_bulk_result_that_comes_again_instead_of_the_next_one_is_no_result()
    {
        // Given
        var crm = Three(bulk: true, pageSize: 2);
        (byte[] Body, int Count) first = ([], 0);
        crm.Network = org => new Rewriting(org, (request, response) =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/results", StringComparison.Ordinal))
            {
                using MemoryStream body = new();
                response.Content.ReadAsStream().CopyTo(body);
                first = request.RequestUri.Query.Contains("locator", StringComparison.Ordinal) ? first : (body.ToArray(), 2);
                response.Content = new ByteArrayContent(response.Headers.GetValues("Sforce-NumberOfRecords").Single() == "2" ? first.Body
                    : body.ToArray());
            }
        });
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith("A bulk job for Asset came to nothing three times (its result holds a record twice)", refusal,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found, "https://login.example.com/in", "login.example.com")]
    [InlineData(HttpStatusCode.PermanentRedirect, "https://new.my.salesforce.com/services/oauth2/token", "new.my.salesforce.com")]
    public void A_redirect_is_told_with_its_host_and_not_followed(HttpStatusCode status, string to, string host)
    {
        // Given
        var crm = Three();
        crm.Network = org => new Rewriting(org, (_, response) =>
        {
            response.StatusCode = status;
            response.Headers.Location = new Uri(to);
        });
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith($"Salesforce at emulated.my.salesforce.com answers with a redirect to {host}, which is not followed, because "
            + "the login would go there too; Connections__crm__LoginUrl must be", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConcurrentRequests (Concurrent API Requests) Limit exceeded.", 4, "Salesforce has too many long calls of the "
        + "organisation running at once")]
    [InlineData("TotalRequests Limit exceeded.", 1, "Salesforce's API calls of the last 24 hours are used up")]
    public void Calls_at_once_pass_and_those_of_a_day_do_not(string message, int tries, string told)
    {
        // Given
        var crm = Three();
        crm.Org.Faults.On(OrgCallKind.Query, new OrgFault(403, "REQUEST_LIMIT_EXCEEDED", message), times: 100);
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith(told, refusal, StringComparison.Ordinal);
        Assert.Equal(tries, crm.Org.Calls.Count(call => call.Kind == OrgCallKind.Query));
    }

    [Theory]
    [InlineData(40, 1, true)]
    [InlineData(3600, 1, false)]
    public void Salesforce_may_say_how_long_to_wait_up_to_a_minute(int seconds, int times, bool isWaited)
    {
        // Given
        var crm = Three();
        crm.Org.Faults.On(OrgCallKind.Query, OrgFault.Unavailable, times: times);
        crm.Network = org => new Rewriting(org, (_, response) =>
            response.Headers.RetryAfter = response.IsSuccessStatusCode ? null : new(TimeSpan.FromSeconds(seconds)));
        var before = crm.Time.GetUtcNow();
        // When
        var refusal = isWaited ? null : crm.Error();
        var read = crm.Read();
        // Then
        Assert.Equal(3, read.Ids.Length);
        Assert.Equal(isWaited ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero, crm.Time.GetUtcNow() - before);
        Assert.True(isWaited || refusal!.Contains(", and asks to wait 60 minutes; nothing is lost", StringComparison.Ordinal), refusal);
    }

    [Fact]
    public void Records_too_large_for_a_page_are_read_a_few_at_a_time()
    {
        // Given
        var crm = new Crm();
        for (var number = 1; number <= 40; number++)
        {
            crm.Put(number, new string('x', 1_000_000)).After(TimeSpan.FromSeconds(1));
        }

        crm.After(TimeSpan.FromMinutes(5));
        // When
        var read = crm.Read(columns: "Id,Name");
        // Then
        Assert.Equal(Enumerable.Range(1, 40).Select(crm.Assets.Id), read.Ids);
        Assert.All(read.Records, record => Assert.Equal(1_000_000, ((string)record.Values[1]!).Length));
    }

    private static Crm Three(bool bulk = false, int pageSize = 2000)
    {
        var crm = new Crm(org =>
            (org.PageSize, org.BulkPageSize) = (bulk ? 3 : 2000, pageSize))
        { Section = bulk ? "\"bulkAbove\": 1" : "" };
        for (var number = 1; number <= (bulk ? 9 : 3); number++)
        {
            crm.Put(number).After(TimeSpan.FromSeconds(1));
        }

        return crm.After(TimeSpan.FromMinutes(5));
    }
}
