using System.Globalization;
using System.Text;

namespace MarketoLambda.Sync.Values;

/// <summary>The words of a culture in dates: months, weekdays, the halves of the day, and fillers such as the Spanish <c>de</c>.</summary>
/// <remarks>
/// Which short form .NET knows differs between cultures and between versions of its data (<c>Sep</c> or <c>Sept</c>, <c>Mär</c> or
/// <c>Mrz</c>). So a month is known by each of its names, and by the first three letters or more of one, unless two months begin so.
/// Casing, dots and accents do not matter.
/// </remarks>
internal sealed class CultureWords
{
    private const int MinLetters = 3;

    /// <summary>Short forms that are not the beginning of a name, in any culture that has the name.</summary>
    private static readonly (string Short, string Name)[] Contractions = [("mrz", "marz"), ("maerz", "marz"), ("sept", "sep")];

    private readonly Dictionary<string, int> _months = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _weekdays = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fillers = new(StringComparer.Ordinal);
    private readonly string _morning;
    private readonly string _afternoon;

    public CultureWords(DateTimeFormatInfo format)
    {
        IReadOnlyList<string[]> months =
            [format.MonthNames, format.MonthGenitiveNames, format.AbbreviatedMonthNames, format.AbbreviatedMonthGenitiveNames];
        Collect(_months, months);
        AddBeginnings(months);
        foreach (var (contraction, name) in Contractions)
        {
            if (_months.TryGetValue(name, out var month) && month > 0)
            {
                _months.TryAdd(contraction, month);
            }
        }

        Collect(_weekdays, [format.DayNames, format.AbbreviatedDayNames]);
        AddFillers([format.ShortDatePattern, format.LongDatePattern, format.ShortTimePattern, format.LongTimePattern]);
        (_morning, _afternoon) = (Folded(format.AMDesignator), Folded(format.PMDesignator));
    }

    /// <summary>1 to 12; 0 where the word is no month, or may be two.</summary>
    public int Month(ReadOnlySpan<char> word) => Math.Max(0, _months.GetValueOrDefault(Folded(word)));

    /// <summary>Whether the word is a day of the week.</summary>
    public bool IsWeekday(ReadOnlySpan<char> word, out DayOfWeek day)
    {
        var number = _weekdays.GetValueOrDefault(Folded(word));
        day = (DayOfWeek)(number - 1);
        return number > 0;
    }

    /// <summary>Whether the word has no meaning of its own in a date.</summary>
    public bool IsFiller(ReadOnlySpan<char> word) => _fillers.Contains(Folded(word));

    /// <summary>Whether the text names a half of the day: <c>AM</c>, <c>p.m.</c>, or the culture's own.</summary>
    public bool IsHalfOfDay(ReadOnlySpan<char> text, out bool isAfternoon)
    {
        var word = Folded(text);
        isAfternoon = word == "pm" || (word == _afternoon && word != _morning);
        return isAfternoon || word == "am" || (word == _morning && word != _afternoon && word.Length > 0);
    }

    /// <summary>The letters alone, without casing and accents.</summary>
    private static string Folded(ReadOnlySpan<char> word)
    {
        StringBuilder letters = new(word.Length);
        foreach (var sign in word.ToString().Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetter(sign))
            {
                letters.Append(Same(char.ToLowerInvariant(sign)));
            }
        }

        return letters.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Letters whose capital is that of another one: KASIM is kasım, ΜΑΪΟΣ is μάϊος.</summary>
    private static char Same(char letter) => letter switch { 'ı' => 'i', 'ς' => 'σ', _ => letter };

    private static void Collect(Dictionary<string, int> words, IReadOnlyList<string[]> lists)
    {
        foreach (var list in lists)
        {
            for (var i = 0; i < list.Length; i++)
            {
                if (IsOneWord(list[i]))
                {
                    Add(words, Folded(Bare(list[i])), i + 1);
                }
            }
        }
    }

    /// <summary>-1 marks what may be two of them.</summary>
    private static void Add(Dictionary<string, int> words, string word, int number)
    {
        if (word.Length > 0)
        {
            words[word] = words.TryGetValue(word, out var other) && other != number ? -1 : number;
        }
    }

    private void AddBeginnings(IReadOnlyList<string[]> names)
    {
        Dictionary<string, int> beginnings = new(StringComparer.Ordinal);
        foreach (var list in names)
        {
            for (var i = 0; i < list.Length; i++)
            {
                var name = IsOneWord(list[i]) ? Folded(Bare(list[i])) : "";
                for (var length = MinLetters; length < name.Length; length++)
                {
                    Add(beginnings, name[..length], i + 1);
                }
            }
        }

        foreach (var (beginning, month) in beginnings)
        {
            _months.TryAdd(beginning, month);
        }
    }

    // Catalan and others put "de " or "d’" before a month, which is a filler of its own here.
    private static string Bare(string name) => name switch
    {
        ['d', 'e', ' ', .. var month] => month,
        ['d', '’' or '\'', .. var month] => month,
        _ => name,
    };

    private static bool IsOneWord(string name) =>
        Bare(name) is { Length: > 0 } bare && !bare.AsSpan().ContainsAnyInRange('0', '9') && !bare.Contains(' ', StringComparison.Ordinal);

    private void AddFillers(IReadOnlyList<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            var parts = pattern.Split('\'');
            for (var quoted = 1; quoted < parts.Length; quoted += 2)
            {
                _fillers.Add(Folded(parts[quoted]));
            }
        }

        _fillers.Remove("");
    }
}
