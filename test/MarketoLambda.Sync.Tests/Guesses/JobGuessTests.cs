using MarketoLambda.Sync.Guesses;

namespace MarketoLambda.Sync.Tests.Guesses;

/// <summary>A guess is right if the converter of runs takes every value with it; what two guesses read differently, is asked.</summary>
public sealed class JobGuessTests
{
    [Theory]
    [InlineData("1.234,50", "0,5", "de-DE")]
    [InlineData("1,234.50", "0.5", "en-US")]
    [InlineData("1'234.50", "0.5", "de-CH")]
    [InlineData("1234.50", "0.5", null)]
    public async Task The_culture_is_the_one_that_takes_all_numbers(string first, string second, string? culture)
    {
        // Given
        var scenario = Keyed("a", "b").Column("Price", first, second).Field("price", "float");

        // When
        var job = await scenario.GuessAsync();

        // Then
        Assert.Equal(culture, job.Source.FirstOrDefault(setting => setting.Name == "culture")?.Value.GetValue<string>());
        Assert.Equal(0, job.UnsureCount);
    }

    [Theory]
    [InlineData("Serial_Number__c", "serialNumber")]
    [InlineData("Account__r.Customer_Id__c", "accountCustomerId")]
    [InlineData("PersonMobile__pc", "personMobile")]
    [InlineData("Größe (cm)", "groesseCm")]
    public async Task A_field_that_is_not_there_yet_is_named_by_the_words_of_its_column(string column, string field)
    {
        // When
        var job = await new GuessScenario().Column(column, "a", "b").GuessAsync();

        // Then
        Assert.Equal(field, Assert.Single(job.Fields).Field);
    }

    [Fact]
    public async Task A_column_that_looks_like_nothing_of_the_target_is_no_match_but_the_key_may_be_guessed()
    {
        // When
        var job = await Keyed("a", "b").GuessAsync();
        var other = await new GuessScenario().Column("Apples", "1", "2").Field("serialNumber", "string", isKey: true).GuessAsync();

        // Then
        Assert.Equal((false, true), (job.MatchesNothing, other.MatchesNothing));
        Assert.Equal(1, other.UnsureCount);
    }

    [Fact]
    public async Task A_number_that_two_cultures_read_differently_is_marked_and_not_decided_silently()
    {
        // Given
        var scenario = Keyed("a", "b").Column("Price", "1,500", "2,250").Field("price", "float");

        // When
        var job = await scenario.GuessAsync();

        // Then
        Assert.True(job.Source.Single(setting => setting.Name == "culture").IsUnsure);
        Assert.Contains("How are numbers written in this source?", scenario.Questions);
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-31", null)]
    [InlineData("01.03.2026", "31.03.2026", "\"d.M.yyyy\"")]
    [InlineData("03/01/2026", "03/31/2026", "\"M/d/yyyy\"")]
    [InlineData("01/03/2026", "31/03/2026", "\"d/M/yyyy\"")]
    public async Task A_date_gets_the_format_that_takes_all_rows(string first, string second, string? format)
    {
        // Given
        var scenario = Keyed("a", "b").Column("Bought", first, second).Field("bought", "date");

        // When
        var job = await scenario.GuessAsync();

        // Then
        Assert.Equal(format, Setting(job, "bought", "format"));
        Assert.Equal(0, job.UnsureCount);
    }

    [Fact]
    public async Task Days_of_twelve_or_less_are_asked_for_and_marked_where_nobody_answers()
    {
        // Given
        var scenario = Keyed("a", "b").Column("Bought", "03/04/2026", "05/06/2026").Field("bought", "date");

        // When
        var job = await scenario.GuessAsync();

        // Then
        var field = job.Fields.Single(field => field.Field == "bought");
        Assert.True(field.IsUnsure);
        Assert.Contains("\"format\": \"M/d/yyyy\"", field.Notes[0], StringComparison.Ordinal);
        Assert.Contains("How are the dates of the column \"Bought\" written?", scenario.Questions);
    }

    [Fact]
    public async Task An_answer_decides_the_order_of_day_and_month()
    {
        // Given
        var scenario = Keyed("a", "b").Column("Bought", "03/04/2026", "05/06/2026").Field("bought", "date");

        // When
        var job = await scenario.GuessAsync(answer: 1);

        // Then
        Assert.Equal("\"M/d/yyyy\"", Setting(job, "bought", "format"));
        Assert.Equal(0, job.UnsureCount);
    }

    [Fact]
    public async Task One_column_that_shows_the_order_decides_the_others()
    {
        // Given
        var scenario = Keyed("a", "b")
            .Column("Bought", "03/04/2026", "05/06/2026").Field("bought", "date")
            .Column("Sold", "03/14/2026", "05/06/2026").Field("sold", "date");

        // When
        var job = await scenario.GuessAsync();

        // Then
        Assert.Equal("\"M/d/yyyy\"", Setting(job, "bought", "format"));
        Assert.Equal(0, job.UnsureCount);
    }

    [Theory]
    [InlineData("Ja", "Nein", "{\"Ja\":true,\"Nein\":false}")]
    [InlineData("JA", "JA", "{\"JA\":true,\"Nein\":false}")]
    [InlineData("oui", "non", "{\"oui\":true,\"non\":false}")]
    [InlineData("yes", "no", null)]
    public async Task Words_for_yes_and_no_get_a_map_with_both(string first, string second, string? map)
    {
        // Given
        var scenario = Keyed("a", "b").Column("Active", first, second).Field("active", "boolean");

        // When
        var job = await scenario.GuessAsync();

        // Then
        Assert.Equal(map, Setting(job, "active", "map"));
    }

    [Fact]
    public async Task Markers_for_nothing_do_not_stand_in_the_way_of_a_type()
    {
        // Given
        var scenario = Keyed("a", "b").Column("Price", "12", "n/a").Field("price", "integer");

        // When
        var job = await scenario.GuessAsync();

        // Then
        Assert.Equal("[\"n/a\"]", Setting(job, "price", "nullValues"));
        Assert.Equal(0, job.UnsureCount);
    }

    [Fact]
    public async Task A_value_that_no_form_takes_is_counted_and_named_by_its_place()
    {
        // Given
        var scenario = Keyed("a", "b").Column("Price", "12", "twelve").Field("price", "integer");

        // When
        var job = await scenario.GuessAsync();

        // Then
        var field = job.Fields.Single(field => field.Field == "price");
        Assert.True(field.IsUnsure);
        Assert.StartsWith("1 value of 2 would be rejected, the first in a.csv line 3", field.Notes[0], StringComparison.Ordinal);
        Assert.DoesNotContain("twelve", string.Concat(field.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Serial Number", "serialNumber")]
    [InlineData("SERIAL_NUMBER", "serialNumber")]
    [InlineData("Seriennummer", "serialNumber")]
    [InlineData("Serien-Nr.", "serialNumber")]
    public async Task Columns_find_their_field_whatever_the_casing_blanks_and_language(string column, string field)
    {
        // Given
        var scenario = new GuessScenario().Column(column, "a", "b").Field(field, "string", isKey: true);

        // When
        var job = await scenario.GuessAsync();

        // Then
        Assert.Equal((field, column), (job.Fields[0].Field, job.Fields[0].Column));
    }

    [Fact]
    public async Task A_key_that_no_column_is_named_like_is_never_taken_silently()
    {
        // Given
        var scenario = new GuessScenario().Column("Foo", "a", "b").Column("Bar", "x", "y").Field("vin", "string", isKey: true);

        // When
        var job = await scenario.GuessAsync();

        // Then
        Assert.True(Assert.Single(job.Fields).IsUnsure);
        Assert.Equal(["Foo", "Bar"], job.LeftOut);
    }

    [Theory]
    [InlineData("12", "13", "integer")]
    [InlineData("0012", "0013", "string")]
    [InlineData("1,5", "2,25", "float")]
    [InlineData("01.02.2026", "28.02.2026", "date")]
    public async Task Without_an_object_every_column_gets_a_field_of_the_narrowest_type(string first, string second, string type)
    {
        // Given
        var scenario = new GuessScenario().Column("Nr", "A-1", "A-2").Column("Größe (cm)", first, second);

        // When
        var job = await scenario.GuessAsync();

        // Then
        Assert.Equal(["nr", "groesseCm"], job.Fields.Select(field => field.Field));
        Assert.Equal($"type {type}", job.Fields[1].Notes[^1]);
    }

    [Fact]
    public async Task Times_that_do_not_say_their_zone_get_the_zone_of_the_computer_and_a_mark()
    {
        // Given
        var scenario = new GuessScenario { Zone = "Europe/Berlin" }
            .Column("Vin", "a", "b").Field("vin", "string", isKey: true)
            .Column("Sold", "2026-03-01 10:00:00", "2026-03-02 11:00:00").Field("sold", "datetime");

        // When
        var job = await scenario.GuessAsync();

        // Then
        var zone = job.Source.Single(setting => setting.Name == "timeZone");
        Assert.Equal(("Europe/Berlin", true), (zone.Value.GetValue<string>(), zone.IsUnsure));
    }

    private static GuessScenario Keyed(params object?[] keys) =>
        new GuessScenario().Column("Vin", keys).Field("vin", "string", isKey: true);

    private static string? Setting(GuessedJob job, string field, string name) =>
        job.Fields.Single(one => one.Field == field).Settings.FirstOrDefault(setting => setting.Name == name)?.Value.ToJsonString();
}
