using System.Security.Cryptography;
using MarketoLambda.Testing.Salesforce;

namespace MarketoLambda.Sources.Tests.Salesforce;

public sealed class RefusalTests
{
    private const string Broken = "nothing is lost, the next run goes on";

    public static TheoryData<OrgCallKind, string, OrgFault> Faults =>
        new(
            from kind in new[]
            {
                OrgCallKind.Token,
                OrgCallKind.Describe,
                OrgCallKind.Query,
                OrgCallKind.BulkCreate,
                OrgCallKind.BulkStatus,
                OrgCallKind.BulkResults,
            }
            from fault in new[]
            {
                OrgFault.Unavailable,
                OrgFault.Broken,
                OrgFault.Gateway,
                OrgFault.Garbage,
                OrgFault.ExpiredSession,
                OrgFault.Unavailable with
                {
                    AfterEffect = true,
                },
            }
            where !(kind == OrgCallKind.Token && fault == OrgFault.ExpiredSession)
            select (kind, fault.ToString(), fault));

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_fails_in_passing_costs_time_and_no_record(OrgCallKind kind, string what, OrgFault fault)
    {
        // Given
        _ = what; // for the test's name
        var crm = new Crm(org => org.PageSize = 2) { Section = "\"bulkAbove\": 5" }
            .With(9)
            .After(TimeSpan.FromSeconds(2))
            .With(9)
            .After(TimeSpan.FromMinutes(5));
        crm.Org.Faults.On(kind, fault, times: fault == OrgFault.ExpiredSession ? 1 : 3);
        // When
        var read = crm.Read();
        // Then
        Assert.Equal(Enumerable.Range(1, 18).Select(crm.Assets.Id), read.Ids);
        Assert.Contains(crm.Org.Calls, call => call.Kind == kind);
    }

    [Fact]
    public void An_outage_ends_the_run_after_four_tries()
    {
        // Given
        var crm = new Crm().With(1).After(TimeSpan.FromMinutes(5));
        crm.Org.Faults.On(OrgCallKind.Query, OrgFault.Unavailable, times: 100);
        // When
        var refusal = crm.Error();
        // Then
        Assert.Equal(
            $"Salesforce does not answer as it should (SERVER_UNAVAILABLE: The server is temporarily unavailable), at every try; {Broken} "
                + "(status.salesforce.com tells of disturbances)",
            refusal);
        Assert.Equal(4, crm.Org.Calls.Count(call => call.Kind == OrgCallKind.Query));
    }

    [Fact]
    public void A_day_without_calls_left_is_no_loss()
    {
        // Given
        var crm = new Crm(org => org.DailyCalls = 1).With(1).After(TimeSpan.FromMinutes(5));
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith(
            "Salesforce's API calls of the last 24 hours are used up; the import goes on where it stopped once there are some again, and "
                + "nothing is lost.",
            refusal,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "ClientId",
        "3MVG9.other",
        "Salesforce does not know this connected app (invalid_client_id: client identifier invalid); check Connections__crm__ClientId and "
            + "Connections__crm__ClientSecret"
    )]
    [InlineData(
        "ClientSecret",
        "wrong-secret",
        "Salesforce does not know this connected app (invalid_client: invalid client credentials); check Connections__crm__ClientId and "
            + "Connections__crm__ClientSecret"
    )]
    [InlineData(
        "LoginUrl",
        "https://elsewhere.my.salesforce.com",
        "No connection to Salesforce at elsewhere.my.salesforce.com (host name not found); check Connections__crm__LoginUrl and the network"
    )]
    [InlineData(
        "ApiVersion",
        "99.0",
        "Salesforce has no object \"Asset\" that the integration user may read, or does not speak version 99.0 "
            + "(Connections__crm__ApiVersion)"
    )]
    public void A_wrong_setting_is_named(string setting, string value, string sentence)
    {
        // Given
        var crm = new Crm().With(1);
        crm.Settings[$"Connections:crm:{setting}"] = value;
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith(sentence, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("org-secret", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_at_the_common_address_is_sent_to_the_organisations_own()
    {
        // Given
        var crm = new Crm(org => org.Address = new Uri("https://login.salesforce.com")).With(1);
        crm.Settings["Connections:crm:LoginUrl"] = "https://login.salesforce.com";
        // When
        var refusal = crm.Error();
        // Then
        Assert.Equal(
            "Salesforce refused the login (invalid_grant: request not supported on this domain); Connections__crm__LoginUrl must be the "
                + "organisation's own address, https://mydomain.my.salesforce.com (Setup > My Domain)",
            refusal);
    }

    [Fact]
    public void An_object_that_is_unknown_or_hidden_is_named()
    {
        // Given
        var crm = new Crm().With(1);
        crm.Org.HiddenObjects.Add("Asset");
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith("Salesforce has no object \"Asset\" that the integration user may read", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_is_not_there_is_told_with_those_that_are()
    {
        // Given
        var crm = new Crm { Object = "Acount" }.With(1);
        // When
        var refusal = crm.Error();
        // Then
        Assert.Equal(
            "Salesforce has no object \"Acount\" that the integration user may read (did you mean \"Account\"?); objects that can be read "
                + "there: Account, Asset; correct the job's \"object\" (custom objects end in __c), or grant \"Read\" and \"View All\" on it",
            refusal);
    }

    [Theory]
    [InlineData("SystemModstamp", "choose another object")]
    [InlineData("IsDeleted", "remove \"deleted\" from the job")]
    public void An_object_whose_changes_cannot_be_followed_is_told(string field, string remedy)
    {
        // Given
        var crm = new Crm { Section = "\"deleted\": \"flag\"" }.With(1);
        crm.Assets.HiddenFields.Add(field);
        // When
        var refusal = crm.Error();
        // Then
        Assert.Equal(
            $"The Salesforce object Asset has no field \"{field}\", without which its changes cannot be followed; {remedy}",
            refusal);
    }

    [Theory]
    [InlineData(
        "SerialNumbr",
        "The Salesforce object Asset has no field \"SerialNumbr\" (did you mean \"SerialNumber\"?), or the integration user may not see it"
    )]
    [InlineData("Account.Nam", "The Salesforce object Account has no field \"Nam\" in \"Account.Nam\" (did you mean \"Name\"?)")]
    [InlineData("Acount.Name", "The Salesforce object Asset has no relationship \"Acount\" in \"Acount.Name\" (did you mean \"Account\"?)")]
    [InlineData("Address", "The Salesforce field \"Address\" of Asset is of type address, which is no single value; map its parts")]
    public void A_wrong_column_is_told_with_the_one_that_was_meant(string column, string sentence)
    {
        // Given
        var crm = new Crm().With(1);
        // When
        var refusal = crm.Error(columns: $"Id,{column}");
        // Then
        Assert.StartsWith(sentence, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Status = Installed",
        "Salesforce does not understand the job's \"filter\" at position 10: unexpected token: 'Installed'; write it like"
    )]
    [InlineData(
        "Statuss = 'Installed'",
        "Salesforce does not understand the job's \"filter\" at position 1: No such column 'Statuss' on entity 'Asset'."
    )]
    [InlineData(
        "Status = 'a' AND Name = 'b' OR Name = 'c'",
        "Salesforce does not understand the job's \"filter\" at position 29: unexpected token: OR;"
    )]
    public void A_wrong_filter_is_told_with_its_position(string filter, string sentence)
    {
        // Given
        var crm = new Crm { Section = $"\"filter\": \"{filter}\"" }.With(1).After(TimeSpan.FromMinutes(5));
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith(sentence, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_without_the_API_is_told_which_permission_is_missing()
    {
        // Given
        var crm = new Crm().With(1);
        crm.Org.IsApiEnabled = false;
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith(
            "The integration user may not use Salesforce's API; give it the permission \"API Enabled\"",
            refusal,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_that_never_hold_are_told()
    {
        // Given
        var crm = new Crm().With(1);
        crm.Org.Faults.On(OrgCallKind.Describe, OrgFault.ExpiredSession, times: 100);
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith("Salesforce refuses sessions right after the login", refusal, StringComparison.Ordinal);
        Assert.Equal(2, crm.Org.Calls.Count(call => call.Kind == OrgCallKind.Token));
    }

    [Fact]
    public void A_key_signs_for_a_user_where_the_app_trusts_its_certificate()
    {
        // Given
        using var key = RSA.Create(2048);
        var crm = new Crm(org => org.PublicKeyPem = key.ExportSubjectPublicKeyInfoPem()).With(1).After(TimeSpan.FromMinutes(5));
        crm.Settings.Remove("Connections:crm:ClientSecret");
        crm.Settings["Connections:crm:Username"] = OrgOptions.DefaultUser;
        crm.Settings["Connections:crm:PrivateKey"] = key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n");
        // When
        var read = crm.Read();
        // Then
        Assert.Single(read.Ids);
    }

    [Fact]
    public void A_user_nobody_approved_is_told_where_to_approve_it()
    {
        // Given
        using var key = RSA.Create(2048);
        var crm = new Crm(org => org.PublicKeyPem = key.ExportSubjectPublicKeyInfoPem()).With(1);
        crm.Settings.Remove("Connections:crm:ClientSecret");
        crm.Settings["Connections:crm:Username"] = "other@example.com";
        crm.Settings["Connections:crm:PrivateKey"] = key.ExportPkcs8PrivateKeyPem();
        // When
        var refusal = crm.Error();
        // Then
        Assert.StartsWith(
            "Salesforce refused the login (invalid_grant: user hasn't approved this consumer); in the connected app's policies set",
            refusal,
            StringComparison.Ordinal);
    }
}
