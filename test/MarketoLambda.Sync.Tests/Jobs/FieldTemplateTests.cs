using MarketoLambda.Sync.Jobs;

namespace MarketoLambda.Sync.Tests.Jobs;

public sealed class FieldTemplateTests
{
    [Theory]
    [InlineData("{First} {Last}", "Ann", "Smith", "Ann Smith")]
    [InlineData("{Last}, {First} {Last}", "Ann", "Smith", "Smith, Ann Smith")]
    [InlineData("{{{First}}}", "Ann", "", "{Ann}")]
    [InlineData("id-{First}-{Last}", "1", "2", "id-1-2")]
    [InlineData("{First}{Last}", "a", "b", "ab")]
    public void Columns_are_filled_in_and_doubled_braces_stand_for_themselves(string template, string first, string last, string filled) =>
        Assert.Equal(filled, Filled(template, trims: true, first, last));

    [Theory]
    [InlineData("{First} {Last}", "", "Smith", "Smith")]
    [InlineData("{First} {Last}", "Ann", "", "Ann")]
    [InlineData("{First} {Last}", " Ann ", "  ", "Ann")]
    [InlineData("{First} {Last}", "Ann", " Smith ", "Ann Smith")]
    [InlineData("Dr. {First} {Last} jun.", "", "Smith", "Dr. Smith jun.")]
    [InlineData("Dr. {First} {Last} jun.", "Ann", "", "Dr. Ann jun.")]
    [InlineData("{First} {Last}", "Mary  Ann", "Smith", "Mary  Ann Smith")]
    [InlineData("{First}, {Last}", "Vienna", "", "Vienna,")]
    public void An_empty_column_leaves_no_blank_too_many_and_other_signs_where_they_are(
        string template,
        string first,
        string last,
        string filled) => Assert.Equal(filled, Filled(template, trims: true, first, last));

    [Theory]
    [InlineData("{First} {Last}", "", "Smith", " Smith")]
    [InlineData("{First} {Last}", " Ann ", "Smith", " Ann  Smith")]
    [InlineData("{First} {Last}", "", "", "")]
    public void Without_trimming_every_sign_stays(string template, string first, string last, string filled) =>
        Assert.Equal(filled, Filled(template, trims: false, first, last));

    [Fact]
    public void All_columns_empty_is_empty_whatever_stands_around_them() =>
        Assert.Equal("", Filled("Dr. {First} {Last}!", trims: true, " ", ""));

    [Fact]
    public void Values_in_a_sources_own_type_are_written_without_any_culture()
    {
        var template = FieldTemplate.Parse("{A}|{B}|{C}|{D}");
        object[] values = [1234.5m, true, new DateOnly(2026, 11, 23), new DateTimeOffset(2026, 11, 23, 18, 5, 0, TimeSpan.FromHours(1))];

        Assert.Equal("1234.5|true|2026-11-23|2026-11-23T17:05:00Z", template.Fill(column => values[column], trims: true));
    }

    [Fact]
    public void A_column_that_is_named_twice_is_asked_for_once() =>
        Assert.Equal(["Last", "First"], FieldTemplate.Parse("{Last}, {First} {Last}").Columns);

    [Theory]
    [InlineData("Ann", "names no column in braces")]
    [InlineData("{{First}}", "names no column in braces")]
    [InlineData("{First", "has an opening brace that is not closed")]
    [InlineData("{First {Last}", "has an opening brace that is not closed")]
    [InlineData("First}", "has a closing brace without an opening one")]
    [InlineData("{First}}", "has a closing brace without an opening one")]
    [InlineData("{}", "has braces with nothing between them")]
    [InlineData("{ } {Last}", "has braces with nothing between them")]
    public void A_template_that_cannot_be_read_is_told(string template, string problem) =>
        Assert.StartsWith(problem, Assert.Throws<FormatException>(() => FieldTemplate.Parse(template)).Message, StringComparison.Ordinal);

    private static string Filled(string text, bool trims, string first, string last)
    {
        var template = FieldTemplate.Parse(text);
        return template.Fill(column => template.Columns[column] == "First" ? first : last, trims);
    }
}
