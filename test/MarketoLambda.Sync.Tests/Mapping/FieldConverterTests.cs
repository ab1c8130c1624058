using System.Globalization;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Tests.Mapping;

public sealed class FieldConverterTests
{
    private static readonly SourceConventions German = new(
        CultureInfo.GetCultureInfo("de-DE"),
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    [Theory]
    [InlineData("string", "Łódź", "Łódź")]
    [InlineData("integer", "007", "7")]
    [InlineData("integer", "1.0", "1")]
    [InlineData("integer", "7.", "7")]
    [InlineData("integer", "1.23E+3", "1230")]
    [InlineData("integer", "100-", "-100")]
    [InlineData("integer", "12.50e1", "125")]
    [InlineData("integer", "0.000", "0")]
    [InlineData("integer", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("float", "1234.50", "1234.50")]
    [InlineData("float", "5-", "-5")]
    [InlineData("float", "\u22125", "-5")]
    [InlineData("float", "1e3", "1000")]
    [InlineData("currency", ".5", "0.5")]
    [InlineData("boolean", "Yes", "true")]
    [InlineData("boolean", "0", "false")]
    [InlineData("date", "2026-11-23", "2026-11-23")]
    [InlineData("date", "2026-11-23T23:30:00-05:00", "2026-11-23")]
    [InlineData("datetime", "2026-11-23T18:05:09.999Z", "2026-11-23T18:05:09Z")]
    [InlineData("datetime", "2026-11-23T18:05:09+02:00", "2026-11-23T16:05:09Z")]
    [InlineData("datetime", "2026-11-23 18:05", "2026-11-23T18:05:00Z")]
    public void A_value_is_sent_the_way_marketo_wants_it(string dataType, string text, string sent) =>
        Assert.Equal(sent, Converter(dataType).Convert(text).Text);

    [Theory]
    [InlineData("float", "1.234,50", "1234.50")]
    [InlineData("datetime", "23.11.2026 18:05", "2026-11-23T17:05:00Z")]
    [InlineData("datetime", "2026-07-01T12:00:00", "2026-07-01T10:00:00Z")]
    [InlineData("date", "23.11.2026", "2026-11-23")]
    public void A_value_is_read_by_the_culture_and_zone_of_its_source(string dataType, string text, string sent) =>
        Assert.Equal(sent, Converter(dataType, conventions: German).Convert(text).Text);

    [Theory]
    [InlineData("integer", "1.5")]
    [InlineData("integer", "99999999999999999999")]
    [InlineData("float", "many")]
    [InlineData("boolean", "perhaps")]
    [InlineData("date", "2026-02-30")]
    [InlineData("datetime", "soon")]
    [InlineData("datetime", "10:30")]
    [InlineData("datetime", "03.04.2026 10:00")]
    [InlineData("date", "03/04/2026")]
    [InlineData("date", "10:30")]
    public void A_value_of_the_wrong_type_is_refused_without_being_quoted(string dataType, string text)
    {
        var value = Converter(dataType).Convert(text);

        Assert.Equal(FieldValueKind.Wrong, value.Kind);
        Assert.DoesNotContain(text, value.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("integer", "1,5")]
    [InlineData("integer", "12,34,567")]
    [InlineData("integer", "1,2345")]
    [InlineData("float", "1,50")]
    [InlineData("float", "-0,75")]
    [InlineData("currency", "1234,567.8")]
    public void A_number_of_another_culture_is_refused_instead_of_read_as_a_multiple(string dataType, string text) =>
        Assert.Equal(FieldValueKind.Wrong, Converter(dataType).Convert(text).Kind);

    [Theory]
    [InlineData("integer", "1,000")]
    [InlineData("integer", "1,234,567")]
    [InlineData("integer", "1.000")]
    [InlineData("integer", "-12.345")]
    [InlineData("integer", "1 000")]
    [InlineData("float", "1,000")]
    [InlineData("float", "1.000")]
    [InlineData("float", "-12.345")]
    [InlineData("currency", "123.456-")]
    [InlineData("currency", " 1.000 ")]
    [InlineData("currency", "1,234.50")]
    [InlineData("currency", "1'234.50")]
    public void Without_a_culture_a_sign_between_thousands_is_refused_with_the_remedy(string dataType, string text)
    {
        var value = Converter(dataType).Convert(text);

        Assert.Equal(FieldValueKind.Wrong, value.Kind);
        Assert.EndsWith(
            "without a \"culture\", such as en-US or de-DE, nobody can tell a decimal sign from one between thousands",
            value.Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("1.00", "1.00")]
    [InlineData("1604.470", "1604.470")]
    [InlineData("0.500", "0.500")]
    [InlineData("00.500", "0.500")]
    [InlineData("1.0000", "1.0000")]
    [InlineData(".500", "0.500")]
    [InlineData("1.234E3", "1234")]
    public void A_point_that_can_be_no_sign_between_thousands_is_one_without_a_culture_too(string text, string sent) =>
        Assert.Equal(sent, Converter("currency").Convert(text).Text);

    [Theory]
    [InlineData("5.5")]
    [InlineData("-12.34")]
    [InlineData("1.2345")]
    public void What_is_no_whole_number_in_any_culture_is_not_blamed_on_it(string text) =>
        Assert.Equal("needs a whole number", Converter("integer").Convert(text).Text);

    [Fact]
    public void A_database_writes_a_point_for_decimals_whatever_follows_it() =>
        Assert.All(
            [("integer", "5"), ("currency", "5.000")],
            sent =>
                Assert.Equal(
                    sent.Item2,
                    Converter(sent.Item1, conventions: SourceConventions.Invariant with { IsWrittenByProgram = true }).Convert("5.000").Text
                ));

    [Fact]
    public void What_comes_as_a_number_is_that_number() =>
        Assert.Equal(["5.000", "1.234"], ((object[])[5.000m, 1.234]).Select(number => Converter("currency").Convert(number).Text));

    [Theory]
    [InlineData("en-US", "1,234,567", "1234567")]
    [InlineData("en-US", " 12,345 ", "12345")]
    [InlineData("en-US", "+1,000", "1000")]
    [InlineData("en-US", "1.000", "1")]
    [InlineData("en-US", "1,000.0", "1000")]
    [InlineData("de-DE", "1.000-", "-1000")]
    [InlineData("de-DE", "1.000", "1000")]
    [InlineData("de-DE", "5-", "-5")]
    [InlineData("de-DE", "1,23E+3", "1230")]
    [InlineData("de-DE", "1,", "1")]
    [InlineData("sv-SE", "\u22121 234", "-1234")]
    public void A_whole_number_may_have_its_group_signs(string culture, string text, string sent) =>
        Assert.Equal(sent, Converter("integer", conventions: In(culture)).Convert(text).Text);

    [Theory]
    [InlineData("de-DE", "integer", "1.00")]
    [InlineData("de-DE", "integer", "1.0000")]
    [InlineData("de-DE", "integer", "1.5E1")]
    [InlineData("de-DE", "float", "1.5")]
    [InlineData("en-US", "integer", "5.5")]
    [InlineData("en-US", "integer", "1.0000000000000000000000000000000001")]
    [InlineData("en-US", "integer", "9223372036854775808")]
    [InlineData("en-US", "integer", "1e99")]
    [InlineData("en-US", "float", "1E400")]
    [InlineData("en-US", "float", "--5")]
    [InlineData("en-US", "float", "-5-")]
    [InlineData("en-US", "float", "1,")]
    [InlineData("en-US", "float", ",5")]
    [InlineData("en-US", "float", "1,000,00")]
    [InlineData("en-US", "float", "0x10")]
    [InlineData("en-US", "float", "1_000")]
    [InlineData("en-US", "float", "½")]
    [InlineData("en-US", "float", "٣")]
    [InlineData("en-US", "float", "NaN")]
    [InlineData("en-US", "float", "-")]
    [InlineData("en-US", "float", ".")]
    [InlineData("en-US", "float", "e5")]
    [InlineData("fr-FR", "float", "1 23,4")]
    [InlineData("fr-FR", "float", "1\u00a0'234,5")]
    public void What_may_be_another_number_or_none_is_refused(string culture, string dataType, string text) =>
        Assert.Equal(FieldValueKind.Wrong, Converter(dataType, conventions: In(culture)).Convert(text).Kind);

    [Theory]
    [InlineData("fr-FR", "1 234,5")]
    [InlineData("fr-FR", "1\u00a0234,5")]
    [InlineData("fr-FR", "1\u202f234,5")]
    [InlineData("de-CH", "1'234.5")]
    [InlineData("de-CH", "1’234.5")]
    [InlineData("it-CH", "1'234.5")]
    [InlineData("de-AT", "1.234,5")]
    [InlineData("de-AT", "1 234,5")]
    [InlineData("pl-PL", "1 234,5")]
    [InlineData("de-DE", "1.234,5")]
    public void Blanks_are_one_group_sign_and_apostrophes_another(string culture, string text) =>
        Assert.Equal("1234.5", Converter("currency", conventions: In(culture)).Convert(text).Text);

    [Theory]
    [InlineData("en-IN", "12,34,567.5", "1234567.5")]
    [InlineData("sv-SE", "-1,5", "-1.5")]
    public void Groups_are_those_of_the_sources_culture(string culture, string text, string sent) =>
        Assert.Equal(sent, Converter("float", conventions: In(culture)).Convert(text).Text);

    [Fact]
    public void A_refused_number_is_answered_with_one_of_its_culture()
    {
        Assert.Equal("needs a whole number written like 1.234 (de-DE)", Converter("integer", conventions: German).Convert("many").Text);
        Assert.Equal("needs a number written like 1.234,5 (de-DE)", Converter("float", conventions: German).Convert("1.5").Text);
    }

    [Fact]
    public void A_whole_number_is_one_in_every_type_of_a_source()
    {
        Assert.All<object>([5.0, 5f, 5.00m, 5, 5L, (short)5], number => Assert.Equal("5", Converter("integer").Convert(number).Text));
        Assert.All<object>(
            [5.5, 5.5f, 5.5m, 1e300, double.NaN],
            number => Assert.Equal(FieldValueKind.Wrong, Converter("integer").Convert(number).Kind));
    }

    [Fact]
    public void A_number_that_is_none_never_reaches_the_body_of_a_call() =>
        Assert.All(
            new object[] { double.NaN, double.NegativeInfinity, float.NaN, float.PositiveInfinity, Half.NaN },
            none => Assert.Equal(FieldValueKind.Wrong, Converter("float").Convert(none).Kind));

    [Fact]
    public void A_local_time_that_the_change_of_clocks_leaves_out_does_not_exist_in_that_zone() =>
        Assert.Equal(
            FieldValue.Wrong(
                "needs a point in time that exists in Europe/Berlin: this one is in the hour that the change of clocks in spring leaves "
                    + "out there"
            ),
            Converter("datetime", conventions: German).Convert("2026-03-29T02:30:00"));

    [Fact]
    public void Nothing_is_cut_silently()
    {
        var value = Converter("string", length: 3).Convert("abcd");

        Assert.Equal(FieldValueKind.TooLong, value.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_empty_value_stays_empty_for_every_type(string? nothing) =>
        Assert.All(
            ["string", "integer", "float", "boolean", "date", "datetime", "text", "email"],
            dataType => Assert.Equal(FieldValueKind.Empty, Converter(dataType).Convert(nothing).Kind));

    [Fact]
    public void Values_in_a_sources_own_type_need_no_parsing()
    {
        Assert.Equal("12.5", Converter("float").Convert(12.5m).Text);
        Assert.Equal("42", Converter("integer").Convert(42L).Text);
        Assert.Equal("42", Converter("integer").Convert(42.00m).Text);
        Assert.Equal("true", Converter("string").Convert(true).Text);
        Assert.Equal("2026-11-23", Converter("string").Convert(new DateOnly(2026, 11, 23)).Text);
        Assert.Equal("true", Converter("boolean").Convert(true).Text);
        Assert.Equal("2026-11-23", Converter("date").Convert(new DateOnly(2026, 11, 23)).Text);
        Assert.Equal(
            "2026-11-23T16:05:09Z",
            Converter("datetime").Convert(new DateTimeOffset(2026, 11, 23, 18, 5, 9, 999, TimeSpan.FromHours(2))).Text);
    }

    private static SourceConventions In(string culture) => new(CultureInfo.GetCultureInfo(culture), TimeZoneInfo.Utc);

    private static FieldConverter Converter(
        string dataType,
        int? length = null,
        string? format = null,
        SourceConventions? conventions = null
    ) =>
        new(
            new RecordField("field", "Field", dataType, length, IsUpdateable: true),
            new FieldMapping("field", "Column", format),
            conventions ?? SourceConventions.Invariant);
}
