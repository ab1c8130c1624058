namespace MarketoLambda.Sync.Mapping;

/// <summary>What is left of a value in a text file that Excel saved: an error, or a number without most of its digits.</summary>
/// <remarks>As keys both are the same for many records, which would become one.</remarks>
internal static class ExcelDamage
{
    /// <summary>
    /// In the languages in which Excel writes them otherwise than in English: German, French, Spanish and Portuguese, Italian, Dutch.
    /// </summary>
    private static readonly HashSet<string> Errors = new(StringComparer.OrdinalIgnoreCase)
    {
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
        "#NV", "#BEZUG!", "#WERT!", "#ZAHL!",
        "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!",
        "#N/D", "#¡REF!", "#¡VALOR!", "#¿NOMBRE?", "#¡DIV/0!", "#¡NUM!", "#¡NULO!", "#VALOR!", "#NOME?", "#NÚM!", "#NULO!",
        "#RIF!", "#VALORE!", "#NULLO!",
        "#N/B", "#VERW!", "#WAARDE!", "#NAAM?", "#DEEL/0!", "#GETAL!", "#LEEG!",
    };

    /// <summary>Whether the text is one of the errors of a cell, such as <c>#N/A</c>.</summary>
    public static bool IsError(string text) => text is ['#', ..] && Errors.Contains(text.Trim());

    /// <summary>
    /// Whether the text is a long number as a narrow cell shows it, such as <c>4.00638E+12</c>: Excel keeps at most six digits, and two of
    /// the exponent.
    /// </summary>
    public static bool IsCutNumber(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var exponent = text.IndexOf("E+");
        return exponent > 0
            && text[(exponent + 2)..] is { Length: 2 or 3 } power && !power.ContainsAnyExceptInRange('0', '9')
            && text[..exponent] is [>= '1' and <= '9', .. var fraction]
            && (fraction.IsEmpty || (fraction is ['.' or ',', _, ..] && !fraction[1..].ContainsAnyExceptInRange('0', '9')));
    }
}
