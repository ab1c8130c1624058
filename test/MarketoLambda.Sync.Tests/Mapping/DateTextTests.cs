using System.Globalization;
using System.Text;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sync.Tests.Mapping;

/// <summary>Dates of texts: all of a date is in its text, or it is refused.</summary>
public sealed class DateTextTests
{
    [Theory]
    [InlineData("", "2026-11-23")]
    [InlineData("", "2026/11/23")]
    [InlineData("", "2026.11.23")]
    [InlineData("", "2026-11-23T18:05:09Z")]
    [InlineData("", "2026-11-23 18:05:09.1234567890")]
    [InlineData("", "2026-11-23T18:05:09,123")]
    [InlineData("", "2026-11-23T18:05:09 UTC")]
    [InlineData("", "2026-11-23T18:05:09+0200")]
    [InlineData("", "2026-11-23T23:59:59-05:00")]
    [InlineData("", "2026-11-23+02:00")]
    [InlineData("", "2026-11-23 3:04 PM")]
    [InlineData("en-US", "11/23/2026")]
    [InlineData("en-US", "11-23-2026")]
    [InlineData("en-US", "11/23/2026 3:04 PM")]
    [InlineData("en-US", "11/23/2026 3:04:05\u202fPM")]
    [InlineData("en-US", "11/23/2026 03:04:05 a. m.")]
    [InlineData("en-US", "2026-11-23")]
    [InlineData("en-US", "Mon, 23 Nov 2026 18:05:09 GMT")]
    [InlineData("en-US", "Monday, November 23, 2026 6:05 PM")]
    [InlineData("en-GB", "23/11/2026, 15:04")]
    [InlineData("en-GB", "23/11/2026 3:04 p. m.")]
    [InlineData("de-DE", "23.11.2026")]
    [InlineData("de-DE", "23.11.2026 18:05")]
    [InlineData("de-DE", "Mo, 23.11.2026")]
    [InlineData("de-DE", "23. November 2026")]
    [InlineData("de-DE", "23-Nov-2026")]
    [InlineData("es-ES", "lunes, 23 de noviembre de 2026")]
    [InlineData("bg-BG", "23.11.2026 г. 18:05:09 ч.")]
    [InlineData("fi-FI", "23.11.2026 18.05")]
    [InlineData("sv-SE", "2026-11-23")]
    [InlineData("hu-HU", "2026. 11. 23. 18:05")]
    [InlineData("th-TH", "23/11/2569")]
    [InlineData("fa-IR", "1405/9/2")]
    [InlineData("fa-IR", "2026-11-23")]
    public void A_whole_date_is_read(string culture, string text)
    {
        Assert.True(SourceInstant.TryParseDate(text, formats: null, In(culture), out var date));
        Assert.Equal(new DateOnly(2026, 11, 23), date);
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("es-ES")]
    [InlineData("fa-IR")]
    public void The_short_way_of_the_usual_forms_says_what_the_long_way_says(string culture)
    {
        const string signs = "0123456789-T:Z. +/";
        var seed = Environment.TickCount;
        Random random = new(seed);
        var dates = CultureDates.From(CultureInfo.GetCultureInfo(culture));
        for (var turn = 0; turn < 20_000; turn++)
        {
            var text = new StringBuilder((turn % 3) switch { 0 => "2026-11-23", 1 => "2028-02-29T23:59:09Z", _ => "1899-12-31 00:10:59" });
            for (var changes = random.Next(3); changes > 0; changes--)
            {
                text[random.Next(text.Length)] = signs[random.Next(signs.Length)];
            }

            if (IsoTime.TryRead(text.ToString(), out var time))
            {
                var isRead = DateScan.TryRead(text.ToString(), dates, isWeekdayFirst: true, out var expected);
                Assert.True(isRead == dates.IsInReach(time.Clock) && (!isRead || time == expected), $"seed {seed}: {text}");
            }
        }
    }

    [Theory]
    [InlineData("1/2")]
    [InlineData("3/4")]
    [InlineData("1.5")]
    [InlineData("12.5")]
    [InlineData("1,234")]
    [InlineData("1/2/24")]
    [InlineData("24.11.26")]
    [InlineData("Jan-24")]
    [InlineData("Nov-24")]
    [InlineData("24-Jan")]
    [InlineData("24-Jan-99")]
    [InlineData("March 2024")]
    [InlineData("2026 March")]
    [InlineData("2026-11")]
    [InlineData("2026-327")]
    [InlineData("2026-W47-1")]
    [InlineData("20261123")]
    [InlineData("44927")]
    [InlineData("44927.5208")]
    [InlineData("4492.7520")]
    [InlineData("10:30")]
    [InlineData("10:30 AM")]
    [InlineData("00000000")]
    [InlineData("0000-00-00")]
    [InlineData("0001-01-01")]
    [InlineData("2026-02-30")]
    [InlineData("2/29/2023")]
    [InlineData("1/0/1900")]
    [InlineData("2026-11-23T")]
    [InlineData("2026-11-23T24:00:00")]
    [InlineData("2026-11-23T18:05:60Z")]
    [InlineData("2026-11-23 18:05:09 EST")]
    [InlineData("2026-11-23 18:05:09 PM")]
    [InlineData("2026-11-23T18:05:09+15:00")]
    [InlineData("2026-11-23T18")]
    [InlineData("2026-11/23")]
    [InlineData("2026 11 23")]
    [InlineData("11 23 2026")]
    [InlineData("12026-01-01")]
    [InlineData("1700000000")]
    [InlineData("Mon Nov 23 2026 18:05:09 GMT+0100 (CET)")]
    [InlineData("Tue, 23 Nov 2026")]
    [InlineData("23 Nov 2026 2027")]
    [InlineData("next Monday")]
    [InlineData("-")]
    public void What_lacks_a_part_or_is_no_date_is_refused_in_every_culture(string text) => Assert.All(
        ["", "en-US", "en-GB", "de-DE", "fr-FR", "sv-SE", "ja-JP", "th-TH"],
        culture => Assert.False(SourceInstant.TryParse(text, formats: null, In(culture), out _), culture));

    [Theory]
    [InlineData("", "23.11.2026")]
    [InlineData("", "11/23/2026")]
    [InlineData("", "23 Nov 2026")]
    [InlineData("sv-SE", "23-11-2026")]
    [InlineData("de-DE", "11/23/2026")]
    [InlineData("th-TH", "23/11/2026")]
    [InlineData("fa-IR", "1405-09-02")]
    public void A_date_of_another_culture_is_refused(string culture, string text) =>
        Assert.False(SourceInstant.TryParse(text, formats: null, In(culture), out _));

    [Theory]
    [InlineData("en-GB", "02-Sep-2024", 9)]
    [InlineData("en-GB", "02-Sept-2024", 9)]
    [InlineData("en-GB", "02-SEP-2024", 9)]
    [InlineData("en-AU", "02-Sep-2024", 9)]
    [InlineData("en-US", "02-Sept-2024", 9)]
    [InlineData("en-AU", "02-Jun-2024", 6)]
    [InlineData("de-DE", "02-Mrz-2024", 3)]
    [InlineData("de-DE", "02-Mär-2024", 3)]
    [InlineData("de-DE", "02-März-2024", 3)]
    [InlineData("de-DE", "02-Sep.-2024", 9)]
    [InlineData("de-AT", "02-Jän-2024", 1)]
    [InlineData("fr-FR", "02-juil-2024", 7)]
    [InlineData("fr-FR", "02-dec-2024", 12)]
    [InlineData("es-ES", "02-sep-2024", 9)]
    [InlineData("pt-BR", "02-set-2024", 9)]
    [InlineData("fi-FI", "02-maalis-2024", 3)]
    [InlineData("cs-CZ", "02-čvn-2024", 6)]
    [InlineData("ca-ES", "02-març-2024", 3)]
    public void A_month_is_known_by_each_of_its_names(string culture, string text, int month)
    {
        Assert.True(SourceInstant.TryParseDate(text, "dd-MMM-yyyy", In(culture), out var formatted));
        Assert.True(SourceInstant.TryParseDate(text, formats: null, In(culture), out var free));
        Assert.Equal((new DateOnly(2024, month, 2), formatted), (formatted, free));
    }

    [Theory]
    [InlineData("fr-FR", "02-jui-2024")]
    [InlineData("de-DE", "02-Ju-2024")]
    [InlineData("en-GB", "02-Xyz-2024")]
    [InlineData("en-GB", "02-Mrz-2024")]
    public void A_word_that_may_be_two_months_or_is_none_is_refused(string culture, string text) =>
        Assert.False(SourceInstant.TryParse(text, "dd-MMM-yyyy", In(culture), out _));

    [Theory]
    [InlineData("dd-MMM-yy", "en-GB", "23-Nov-26")]
    [InlineData("d.M.yy", "de-DE", "23.11.26")]
    [InlineData("yyyyMMdd", "", "20261123")]
    [InlineData("dd. MMM. yyyy", "de-DE", "23. Nov. 2026")]
    [InlineData("dd/MM/yyyy h:mm tt", "en-GB", "23/11/2026 3:04 p.m.")]
    [InlineData("excel", "", "46349")]
    [InlineData("excel", "de-DE", "46349,52083")]
    [InlineData("EXCEL", "", "46349.520833333336")]
    [InlineData("unix", "", "1795457100")]
    [InlineData("unix", "", "1795457100.25")]
    [InlineData("unixMilliseconds", "", "1795457100000")]
    public void An_explicit_format_is_obeyed(string format, string culture, string text)
    {
        Assert.True(SourceInstant.TryParseDate(text, format, In(culture), out var date));
        Assert.Equal(new DateOnly(2026, 11, 23), date);
    }

    [Theory]
    [InlineData("46349.52083", "2026-11-23T12:30:00Z")]
    [InlineData("46349.520833333336", "2026-11-23T12:30:00Z")]
    [InlineData("46349", "2026-11-23T00:00:00Z")]
    [InlineData("61", "1900-03-01T00:00:00Z")]
    [InlineData("59", "1900-02-28T00:00:00Z")]
    [InlineData("1", "1900-01-01T00:00:00Z")]
    [InlineData("2958465", "9999-12-31T00:00:00Z")]
    [InlineData("46349.999999999", "2026-11-24T00:00:00Z")]
    public void A_serial_number_of_excel_is_the_day_excel_shows(string text, string instant)
    {
        Assert.True(SourceInstant.TryParse(text, "excel", SourceConventions.Invariant, out var read));
        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("excel", "60")]
    [InlineData("excel", "0.5")]
    [InlineData("excel", "-3")]
    [InlineData("excel", "2958466")]
    [InlineData("excel", "2026-11-23")]
    [InlineData("unix", "1e30")]
    [InlineData("unix", "")]
    [InlineData("unix", "2026-11-23")]
    public void A_number_that_is_no_day_is_refused(string format, string text) =>
        Assert.False(SourceInstant.TryParse(text, format, SourceConventions.Invariant, out _));

    [Fact]
    public void The_first_format_that_fits_is_taken()
    {
        TimeFormats formats = new(["dd.MM.yyyy", "MM/dd/yyyy", "excel"]);

        Assert.All(["23.11.2026", "11/23/2026", "46349"], text =>
        {
            Assert.True(SourceInstant.TryParseDate(text, formats, SourceConventions.Invariant, out var date));
            Assert.Equal(new DateOnly(2026, 11, 23), date);
        });
        Assert.False(SourceInstant.TryParseDate("2026-11-23", formats, SourceConventions.Invariant, out _));
    }

    [Fact]
    public void A_date_of_unix_is_the_one_of_the_sources_zone()
    {
        SourceConventions tokyo = SourceConventions.Invariant with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo") };

        Assert.True(SourceInstant.TryParseDate("1795457100", "unix", tokyo, out var date));
        Assert.Equal(new DateOnly(2026, 11, 24), date);
    }

    [Fact]
    public void What_is_expected_is_said_in_the_sources_culture()
    {
        Assert.Equal(" like 23.11.2026 18:05 or 2026-11-23T18:05:00Z (de-DE)", ExpectedTime.Describe(null, In("de-DE"), hasTime: true));
        Assert.Equal(" like 11/23/2026 or 2026-11-23 (en-US)", ExpectedTime.Describe(null, In("en-US"), hasTime: false));
        Assert.Equal(" like 2026-11-23", ExpectedTime.Describe(null, In(""), hasTime: false));
        Assert.Equal(
            " in the format dd-MMM-yyyy, such as 23-Nov-2026 (en-GB)",
            ExpectedTime.Describe("dd-MMM-yyyy", In("en-GB"), hasTime: false));
        Assert.Equal(
            " in the format dd.MM.yyyy, such as 23.11.2026, or excel, such as 46349",
            ExpectedTime.Describe(new TimeFormats(["dd.MM.yyyy", "excel"]), In(""), hasTime: false));
    }

    private static SourceConventions In(string culture) => new(CultureInfo.GetCultureInfo(culture), TimeZoneInfo.Utc);
}
