using MarketoLambda.Emulator.Schema;
using MarketoLambda.Testing.Salesforce.Attack;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A server that sends the program elsewhere gets no login for the other place.</summary>
public sealed class SalesforceRedirectTests
{
    [Fact]
    public async Task A_redirect_takes_no_login_along()
    {
        // Given
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.DefineObject("asset_c", "Asset", FieldDefinition.Key("serial"));
        HostileOrg elsewhere = new(TimeProvider.System, new Random(20261127));
        using var other = HostileServer.Start(elsewhere);
        using var redirecting = HostileServer.Start(new HostileOrg(TimeProvider.System,
            new Random(20261127))
        { RedirectTo = $"{other.Address}/services/oauth2/token" });
        local.Environment["Connections__crm__LoginUrl"] = redirecting.Address;
        local.Environment["Connections__crm__ClientId"] = "id";
        local.Environment["Connections__crm__ClientSecret"] = "secret";
        local.WriteJobs("""
            { "jobs": { "asset_c": {
              "source": { "type": "salesforce", "connection": "crm", "object": "Asset" },
              "key": "serial", "fields": { "serial": "Serial__c" } } } }
            """);
        await local.RunAsync("init");

        // When
        var run = await local.RunAsync("run", "--all");

        // Then
        Assert.Contains("answers with a redirect to 127.0.0.1, which is not followed", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Calls);
    }
}
