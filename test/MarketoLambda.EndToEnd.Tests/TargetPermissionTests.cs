using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Programs;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>A permission that a target needs is missed before its first run, and called as Marketo's user interface calls it.</summary>
public sealed class TargetPermissionTests
{
    [Theory]
    [InlineData(""" "type": "lead" """, "email", ApiPermissions.WriteLead, "Read-Write Person")]
    [InlineData(""" "type": "company" """, "externalCompanyId", ApiPermissions.WriteCompany, "Read-Write Company")]
    [InlineData(""" "type": "programMember", "program": 1044, "status": "Invited" """, "email", ApiPermissions.WriteLead, "Read-Write Person")]
    [InlineData(""" "type": "staticList", "list": 1021 """, "email", ApiPermissions.WriteLead, "Read-Write Person")]
    [InlineData(
        """ "type": "customActivity", "activity": "visit_c", "acceptDuplicates": true """,
        "activityKey",
        ApiPermissions.WriteActivity,
        "Read-Write Activity")]
    public async Task Init_and_doctor_name_the_permission_that_is_missing(string target, string key, ApiPermissions missing, string name)
    {
        // Given: everything else is granted, and so is reading
        await using var local = await LocalHost.OpenAsync();
        local.Marketo.AddChannel("Event", new ChannelStatus("Invited", 10));
        local.Marketo.AddProgram(1044, "Webinar", "Event");
        local.Marketo.AddList(1021, "Newsletter");
        local.Marketo.DefineActivityType(100_001, "visit_c", "store");
        local.Marketo.Options.Services[0].Permissions &= ~missing;
        local.WriteJobs(
            $$"""
            { "jobs": { "people": {
              "source": { "type": "csv", "folder": "drop" }, "target": {{{target}}}, "key": "{{key}}", "fields": { "{{key}}": "Key" }
            } } }
            """).Drop("a.csv", "Key\n1\n");

        // When
        var init = await local.RunAsync("init");
        var doctor = await local.RunAsync("doctor");

        // Then
        Assert.Contains(
            $"Runs of people will fail: the API user lacks the permission \"{name}\".",
            init.Error.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains($"Permission \"{name}\": missing", doctor.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(local.Marketo.Records("lead"));
        Assert.Empty(local.Marketo.Activities);
    }
}
