using System.Globalization;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary><c>init --create-objects</c>: what Marketo would refuse is told before anything is created.</summary>
public sealed class CreateObjectsTests
{
    private const string Device = "device_c";

    [Fact]
    public async Task Where_ten_types_would_be_exceeded_nothing_is_created_and_one_sentence_says_what_to_do()
    {
        // Given: eight of them, where three that the program keeps and one that the job fills are missing
        await using var local = await OpenAsync("Serial,Name\nSN-1,Oven\n");
        Define(local, 7);

        // When
        var refused = await local.RunAsync("init", "--create-objects");

        // Then
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(
            "Nothing was created. Marketo has 8 custom object types, and 4 more would be needed (customObjectSyncMetadata_c, "
                + "customObjectSyncRun_c, customObjectSyncReject_c, device_c), but the API may create 10. Delete types that nobody uses in "
                + "Admin > Marketo Custom Objects, or ask Adobe for more.",
            refused.Error,
            StringComparison.Ordinal);
        Assert.Equal(8, await CountAsync(local));
    }

    [Fact]
    public async Task Who_knows_that_more_are_allowed_says_so_and_everything_is_created()
    {
        // Given: people made those by hand, so they do not count
        await using var local = await OpenAsync("Serial,Name\nSN-1,Oven\n");
        Define(local, 11);

        // When
        var setUp = await local.RunAsync("init", "--create-objects", "--type-limit", "16");

        // Then
        Assert.True(setUp.ExitCode == 0, setUp.Error);
        Assert.Contains("Created and approved device_c with 2 fields.", setUp.Error, StringComparison.Ordinal);
        Assert.Equal(16, await CountAsync(local));
    }

    [Fact]
    public async Task Types_that_are_there_already_need_no_room()
    {
        // Given: ten, with all that the job and the program need
        await using var local = await OpenAsync("Serial,Name\nSN-1,Oven\n");
        Define(local, 5);
        Assert.Equal(0, (await local.RunAsync("init", "--create-objects")).ExitCode);

        // When
        var again = await local.RunAsync("init", "--create-objects");

        // Then
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(10, await CountAsync(local));
    }

    [Fact]
    public async Task Without_the_wish_to_create_objects_what_does_not_fit_is_a_warning_and_marketo_decides()
    {
        // Given
        await using var local = await OpenAsync("Serial,Name\nSN-1,Oven\n");
        Define(local, 8);

        // When
        var setUp = await local.RunAsync("init");

        // Then
        Assert.True(setUp.ExitCode == 0, setUp.Error);
        Assert.Contains(
            "Marketo has 9 custom object types, and 3 more would be needed (customObjectSyncMetadata_c,",
            setUp.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_fields_than_an_object_may_have_are_told_and_it_is_not_created()
    {
        // Given
        var columns = Enumerable.Range(1, 51).Select(number => string.Create(CultureInfo.InvariantCulture, $"Column {number}")).ToList();
        await using var local = await OpenAsync($"{string.Join(',', columns)}\n{string.Join(',', columns.Select(column => $"of {column}"))}\n");

        // When
        var setUp = await local.RunAsync("init", "--create-objects");

        // Then
        Assert.Contains(
            "device_c cannot be created: it would have 51 fields, and Marketo allows 50: remove some from the job.",
            setUp.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain(Device, await NamesAsync(local));
    }

    [Fact]
    public async Task More_dedupe_fields_than_an_object_may_have_are_told_and_it_is_not_created()
    {
        // Given
        await using var local = await OpenAsync("A,B,C,D\n1,2,3,4\n");
        local.WriteJobs("""
            { "jobs": { "device_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": ["a", "b", "c", "d"],
              "fields": { "a": "A", "b": "B", "c": "C", "d": "D" } } } }
            """);

        // When
        var setUp = await local.RunAsync("init", "--create-objects");

        // Then
        Assert.Contains(
            "device_c cannot be created: it would have 4 dedupe fields, and Marketo wants 1 to 3: correct \"key\".",
            setUp.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain(Device, await NamesAsync(local));
    }

    [Theory]
    [InlineData("eMail=lead.email", "Lead", "Email Address")]
    [InlineData("account=company.externalCompanyId", "Company", "External Company Id")]
    public async Task A_field_links_to_people_or_companies_where_that_is_said(string link, string name, string field)
    {
        // Given
        await using var local = await OpenAsync("Serial,E-Mail,Account\nSN-1,a@b.example,C-1\n");

        // When
        var setUp = await local.RunAsync("init", "--create-objects", "--link", link);
        var described = await local.GetAsync($"/rest/v1/customobjects/schema/{Device}/describe.json");

        // Then
        Assert.True(setUp.ExitCode == 0, setUp.Error);
        var relation = Assert.Single(described["result"]![0]!["relationships"]!.AsArray())!;
        Assert.Equal(link.Split('=')[0], (string?)relation["field"]);
        Assert.Equal((name, field), ((string?)relation["relatedTo"]!["name"], (string?)relation["relatedTo"]!["field"]));
    }

    [Theory]
    [InlineData("eMail=lead.emal", "eMail cannot link to emal of lead (did you mean \"email\"?)")]
    [InlineData("eMail=person.email", "eMail cannot link to person; known here: company, implementedProductV1_c, lead.")]
    [InlineData("mail=lead.email", "--link mail=… links nothing: no job fills a field mail (did you mean \"eMail\"?); fields there: eMail, ")]
    [InlineData("eMail", "--link eMail does not say what links to what: write FIELD=OBJECT.FIELD, such as email=lead.email.")]
    public async Task A_link_that_leads_nowhere_is_told_and_nothing_is_created(string link, string sentence)
    {
        // Given
        await using var local = await OpenAsync("Serial,E-Mail,Account\nSN-1,a@b.example,C-1\n");

        // When
        var refused = await local.RunAsync("init", "--create-objects", "--link", link);

        // Then
        Assert.Contains(sentence, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Device, await NamesAsync(local));
    }

    /// <summary>A job whose object is missing, for these rows.</summary>
    private static async Task<LocalHost> OpenAsync(string rows)
    {
        var local = await LocalHost.OpenAsync();
        File.Delete(Path.Combine(local.Folder, "jobs.json"));
        local.Drop("device-1.csv", rows);
        var written = await local.RunAsync("jobs", "new", Path.Combine("drop", "device-1.csv"), "--target", Device, "--yes");
        return File.Exists(Path.Combine(local.Folder, "jobs.json")) ? local : throw new InvalidOperationException(written.Error);
    }

    private static void Define(LocalHost local, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            local.Marketo.DefineObject($"other{number}_c", $"Other {number}", FieldDefinition.Key("id"));
        }
    }

    private static async Task<int> CountAsync(LocalHost local) => (await NamesAsync(local)).Count;

    private static async Task<IReadOnlyList<string>> NamesAsync(LocalHost local) =>
        [.. (await local.GetAsync("/rest/v1/customobjects/schema.json"))["result"]!.AsArray().Select(type => (string)type!["apiName"]!)];
}
