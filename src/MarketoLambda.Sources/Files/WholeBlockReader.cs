namespace MarketoLambda.Sources.Files;

/// <summary>A text that fills every buffer as far as it can, and leaves NUL characters out.</summary>
/// <remarks>
/// The CSV parser guesses the line ends from its first buffer and goes wrong where a short read ends between CR and LF.
/// NULs come from fixed-width exports; Marketo has no use for them.
/// </remarks>
internal sealed class WholeBlockReader(TextReader inner) : TextReader
{
    private const char Nul = '\0';

    public override int Read(char[] buffer, int index, int count)
    {
        var filled = 0;
        while (filled < count)
        {
            var read = inner.ReadBlock(buffer, index + filled, count - filled);
            if (read == 0)
            {
                break;
            }

            filled += WithoutNuls(buffer.AsSpan(index + filled, read));
        }

        return filled;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static int WithoutNuls(Span<char> text)
    {
        var kept = text.IndexOf(Nul);
        if (kept < 0)
        {
            return text.Length;
        }

        foreach (var character in text[kept..])
        {
            if (character != Nul)
            {
                text[kept++] = character;
            }
        }

        return kept;
    }
}
