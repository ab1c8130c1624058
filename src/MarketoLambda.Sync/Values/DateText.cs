using System.Globalization;

namespace MarketoLambda.Sync.Values;

/// <summary>The text of a date, and how far it is read.</summary>
internal ref struct DateText(string text, CultureDates dates)
{
    /// <summary>No part of a date has more; a longer number is told from one of four digits by its fifth.</summary>
    private const int MaxDigits = 5;

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Characters that are read.</summary>
    public int Position { get; set; }

    public readonly CultureDates Dates => dates;

    /// <summary>The next character; NUL at the end.</summary>
    public readonly char Next => Peek(0);

    public readonly bool IsOver => Position >= _text.Length;

    public readonly ReadOnlySpan<char> Rest => _text[Position..];

    public readonly char Peek(int ahead) => Position + ahead < _text.Length ? _text[Position + ahead] : '\0';

    /// <summary>A number and how many digits it has; none where there is no digit.</summary>
    public (int Value, int Digits) Number()
    {
        var (value, start) = (0, Position);
        while (char.IsAsciiDigit(Next) && Position - start < MaxDigits)
        {
            value = (value * 10) + (Next - '0');
            Position++;
        }

        return (value, Position - start);
    }

    /// <summary>The letters up to the next sign.</summary>
    public ReadOnlySpan<char> Word()
    {
        var start = Position;
        while (char.IsLetter(Next) || char.GetUnicodeCategory(Next) == UnicodeCategory.NonSpacingMark)
        {
            Position++;
        }

        return _text[start..Position];
    }

    /// <summary>Passes over a weekday and what stands behind it.</summary>
    public bool TrySkipWeekday(out DayOfWeek day)
    {
        var start = Position;
        if (!dates.Words.IsWeekday(Word(), out day))
        {
            Position = start;
            return false;
        }

        while (Next is ' ' or '.' or ',')
        {
            Position++;
        }

        return true;
    }

    /// <summary>Passes over a word that says nothing, such as the Spanish <c>de</c>.</summary>
    public bool TrySkipFiller()
    {
        var start = Position;
        if (dates.IsNeutral || !dates.Words.IsFiller(Word()))
        {
            Position = start;
            return false;
        }

        while (Next is '.' or '’' or '\'')
        {
            Position++;
        }

        return true;
    }

    /// <summary>Looks ahead: <c>PM</c>, <c>p.m.</c>, <c>p. m.</c>, with blanks around.</summary>
    public readonly bool IsHalfOfDay(out bool isAfternoon, out int length)
    {
        var end = Position;
        while (end < _text.Length && (char.IsLetter(_text[end]) || _text[end] is ' ' or '.' or '״' or '\u200c'))
        {
            end++;
        }

        var words = _text[Position..end];
        length = words.Length - (words.EndsWith("Z") ? 1 : words.EndsWith("UTC") || words.EndsWith("GMT") ? 3 : 0);
        isAfternoon = false;
        return length > 0 && dates.Words.IsHalfOfDay(words[..length], out isAfternoon);
    }

    /// <summary>Nothing is left but blanks, and in a culture dots and fillers.</summary>
    public bool IsAtEnd()
    {
        while (!IsOver)
        {
            if (Next == ' ' || (!dates.IsNeutral && Next == '.'))
            {
                Position++;
            }
            else if (!char.IsLetter(Next) || !TrySkipFiller())
            {
                return false;
            }
        }

        return true;
    }
}
