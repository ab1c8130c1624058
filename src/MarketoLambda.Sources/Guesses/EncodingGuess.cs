using System.Globalization;
using System.Text;
using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Guesses;

namespace MarketoLambda.Sources.Guesses;

/// <summary>Finds what a text is written in, where the file itself does not tell.</summary>
internal static class EncodingGuess
{
    private const int MaxCharacters = 4 * 1024 * 1024;

    /// <summary>Letters that texts of Western Europe have.</summary>
    private const string Usual = "äöüßéèêëàâáçñíìîïóòôõúùûøåæœÄÖÜÉÈÀÂÁÇÑÍÓÚØÅÆŒ";

    /// <summary>Signs that stand beside words, and not in them.</summary>
    private const string Signs = "€–“”„°‚‘…";

    /// <summary>Those that are tried where it is no UTF-8; the likeliest first.</summary>
    private static readonly string[] Others = ["windows-1252", "windows-1250", "ibm850", "macintosh"];

    /// <summary>The encoding, and what the job file has to say of it: null where the file tells, or it is UTF-8.</summary>
    public static (Encoding Encoding, GuessedSetting? Setting) Find(Stream content)
    {
        using var text = FileText.Open(content, Encoding.Latin1);
        if (text.Encoding is not { CodePage: var page } || page != Encoding.Latin1.CodePage)
        {
            return (FileText.StrictUtf8, null);
        }

        var characters = new char[MaxCharacters];
        var bytes = Encoding.Latin1.GetBytes(characters, 0, text.Reader.ReadBlock(characters, 0, characters.Length));
        if (IsUtf8(bytes))
        {
            return (FileText.StrictUtf8, null);
        }

        var best = Others.MaxBy(name => Score(Get(name).GetString(bytes))) ?? Others[0];
        return (Get(best), new GuessedSetting("encoding", best)
        {
            Note = best == Others[0] ? null : "the file is no UTF-8, and this fits its letters best; look at names with accents",
            IsUnsure = best != Others[0],
        });
    }

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            _ = FileText.StrictUtf8.GetDecoder().GetCharCount(bytes, 0, bytes.Length, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static long Score(string text)
    {
        var score = 0L;
        for (var i = 0; i < text.Length; i++)
        {
            score += text[i] < '\x80' ? 0 : Score(text[i], LettersAround(text, i));
        }

        return score;
    }

    private static int Score(char sign, int lettersAround) =>
        Usual.Contains(sign, StringComparison.Ordinal) ? 1 + lettersAround
        : Signs.Contains(sign, StringComparison.Ordinal) ? lettersAround < 2 ? 3 : 0
        : char.IsLetter(sign) ? 1
        : char.GetUnicodeCategory(sign) == UnicodeCategory.Control ? -3
        : 0;

    private static int LettersAround(string text, int i) =>
        (i > 0 && char.IsLetter(text[i - 1]) ? 1 : 0) + (i + 1 < text.Length && char.IsLetter(text[i + 1]) ? 1 : 0);

    private static Encoding Get(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.Latin1;
}
