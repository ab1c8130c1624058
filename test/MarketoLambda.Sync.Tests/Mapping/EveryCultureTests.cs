using System.Globalization;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Values;

namespace MarketoLambda.Sync.Tests.Mapping;

/// <summary>What .NET writes in a culture comes back equal or is refused: never as another value.</summary>
public sealed class EveryCultureTests
{
    private static readonly CultureInfo[] Cultures =
    [
        .. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => culture.Name.Length > 0),
    ];

    [Fact]
    public void Numbers_come_back_equal_or_are_refused()
    {
        var random = new Random(12);
        string[] forms = ["N0", "N1", "N2", "N3", "F0", "F2", "G", "E4", "R", "#,##0.###", "0.###"];
        var (read, different) = (0, new List<string>());
        foreach (var culture in Cultures)
        {
            for (var i = 0; i < 40; i++)
            {
                var number = Math.Round((decimal)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(0, 9))), random.Next(0, 4));
                var form = forms[random.Next(forms.Length)];
                var text = form == "R" ? ((double)number).ToString("R", culture) : number.ToString(form, culture);
                var written = decimal.Parse(
                    number.ToString(form == "R" ? "G" : form, CultureInfo.InvariantCulture),
                    NumberStyles.Any,
                    CultureInfo.InvariantCulture);
                SourceConventions conventions = new(culture, TimeZoneInfo.Utc);
                if (NumberText.TryReadDecimal(text, conventions, out var back))
                {
                    read++;
                    Differs(back != written, $"{culture.Name} {form} {text}: {back}");
                }

                if (NumberText.TryReadWhole(text, conventions, out var whole))
                {
                    Differs(whole != written, $"{culture.Name} {form} {text}: {whole}");
                }
            }
        }

        Assert.Empty(different);
        Assert.InRange(read, Cultures.Length * 38, Cultures.Length * 40); // nearly all are read

        void Differs(bool isDifferent, string what)
        {
            if (isDifferent)
            {
                different.Add(what);
            }
        }
    }

    [Fact]
    public void Dates_and_times_come_back_equal_or_are_refused()
    {
        var random = new Random(16);
        string[] forms =
        [
            "d",
            "D",
            "g",
            "G",
            "f",
            "F",
            "s",
            "u",
            "yyyy-MM-dd",
            "dd.MM.yyyy",
            "MM/dd/yyyy",
            "dd/MM/yyyy HH:mm",
            "yyyy/MM/dd",
            "d MMM yyyy",
            "MMM d, yyyy",
            "dd-MMM-yy",
            "MMM-yy",
            "M",
            "Y",
        ];
        List<string> different = [];
        var read = 0;
        foreach (var culture in Cultures)
        {
            SourceConventions conventions = new(culture, TimeZoneInfo.Utc);
            var isYearFirst =
                culture.DateTimeFormat.ShortDatePattern.IndexOf('y', StringComparison.Ordinal)
                < culture.DateTimeFormat.ShortDatePattern.IndexOf('d', StringComparison.Ordinal);
            var isMonthFirst =
                culture.DateTimeFormat.ShortDatePattern.IndexOf('M', StringComparison.Ordinal)
                < culture.DateTimeFormat.ShortDatePattern.IndexOf('d', StringComparison.Ordinal);
            foreach (var form in forms.Where(form => !IsForeign(form, isYearFirst, isMonthFirst)))
            {
                for (var i = 0; i < 3; i++)
                {
                    var time = new DateTime(1950, 1, 1).AddSeconds((long)(random.NextDouble() * 3_000_000_000));
                    var text = time.ToString(form, culture);
                    if (SourceInstant.TryRead(text, null, conventions, out var back))
                    {
                        read++;
                        if (back.Clock != Rounded(time, back.Clock) || form is "MMM-yy" or "M" or "Y" or "dd-MMM-yy")
                        {
                            different.Add($"{culture.Name} {form} {text}: {back.Clock:s}");
                        }
                    }
                }
            }
        }

        Assert.Empty(different);
        Assert.True(read > Cultures.Length * forms.Length, $"only {read} were read");
    }

    [Fact]
    public void Months_written_with_a_format_come_back_equal_or_are_refused()
    {
        List<string> different = [];
        var read = 0;
        foreach (var culture in Cultures)
        {
            SourceConventions conventions = new(culture, TimeZoneInfo.Utc);
            foreach (var form in new[] { "dd-MMM-yyyy", "d MMMM yyyy", "MMM d, yyyy", "yyyy MMM dd", "dddd d MMM yyyy h:mm tt" })
            {
                for (var month = 1; month <= 12; month++)
                {
                    DateTime time = new(2024, month, 11);
                    if (SourceInstant.TryRead(time.ToString(form, culture), form, conventions, out var back))
                    {
                        read++;
                        if (back.Clock != time)
                        {
                            different.Add($"{culture.Name} {form} {time.ToString(form, culture)}: {back.Clock:s}");
                        }
                    }
                }
            }
        }

        Assert.Empty(different);
        Assert.True(read > Cultures.Length * 50, $"only {read} were read");
    }

    /// <summary>Forms that the culture itself would read otherwise: nobody can tell them apart.</summary>
    private static bool IsForeign(string form, bool isYearFirst, bool isMonthFirst) => form switch
    {
        "dd.MM.yyyy" or "dd/MM/yyyy HH:mm" => isMonthFirst && !isYearFirst,
        "MM/dd/yyyy" => !isMonthFirst,
        _ => false,
    };

    private static DateTime Rounded(DateTime time, DateTime like) =>
        like.TimeOfDay == TimeSpan.Zero ? time.Date : like.Second == 0 ? time.Date.AddHours(time.Hour).AddMinutes(time.Minute) : time;
}
