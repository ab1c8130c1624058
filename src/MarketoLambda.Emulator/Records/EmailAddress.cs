namespace MarketoLambda.Emulator.Records;

/// <summary>What Marketo takes as the address of a lead.</summary>
/// <remarks>Source: Adobe, rest-api/leads: ASCII only. What else makes an address is not documented: here one @ inside, no blank.</remarks>
internal static class EmailAddress
{
    /// <param name="json">Canonical JSON of the text; empty for none.</param>
    public static bool IsValid(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return true;
        }

        var text = json[1..^1];
        var sign = text.IndexOf((byte)'@');
        return sign > 0
            && sign == text.LastIndexOf((byte)'@')
            && sign < text.Length - 1
            && !text.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            && !text.Contains((byte)'\\');
    }
}
