using System.Globalization;
using System.Text;

namespace MarketoLambda.Sync.Guesses;

/// <summary>The words of a name, in one form: <c>serialNumber</c>, <c>Serial Number</c> and <c>Seriennummer</c> have the same.</summary>
internal static class NameWords
{
    /// <summary>Words that exports in German have where Marketo's fields are English.</summary>
    private static readonly Dictionary<string, string> German = """
        abgeschlossen=closed; adresse=address; aktiv=active; aktualisiert=updated; anrede=salutation; anzahl=quantity;
        artikel=product; bemerkung=notes; bemerkungen=notes; beginn=start; beschreibung=description;
        bestellnummer=order number; bestellung=order; betrag=amount; bezeichnung=name; branche=industry; datum=date; ende=end;
        erstellt=created; fax=fax; firma=company; firmenname=company name; geaendert=modified; geburtsdatum=birth date; gekauft=purchased;
        geraet=device; gueltig=valid; hersteller=manufacturer; installationsdatum=installation date; installiert=installed;
        kategorie=category; kaufdatum=purchase date; kosten=cost; kunde=customer; kundennummer=customer number; land=country;
        lieferdatum=delivery date; mail=email; menge=quantity; mitarbeiter=employees; mobil=mobile; nachname=last name;
        notiz=notes; notizen=notes; nr=number; no=number; nummer=number; ort=city; plz=postal code; postleitzahl=postal code;
        preis=price; produkt=product; produktname=product name; rechnung=invoice; rechnungsnummer=invoice number;
        region=region; seriennr=serial number; seriennummer=serial number; sprache=language; stadt=city; status=status;
        strasse=street; stueck=quantity; stueckzahl=quantity; summe=total; telefon=phone; telefonnummer=phone; titel=title;
        typ=type; umsatz=revenue; version=version; vertrag=contract; vertragsnummer=contract number; vorname=first name;
        waehrung=currency; wert=value
        """.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>Words that make no difference.</summary>
    private static readonly HashSet<string> Fillers =
        new(StringComparer.Ordinal) { "am", "an", "at", "on", "is", "ist", "the", "der", "die", "das", "c", "of" };

    /// <summary>What Salesforce puts behind names of fields and objects that people made.</summary>
    private static readonly string[] SalesforceEndings = ["__c", "__pc"];

    /// <summary>Lower-case ASCII words, without what Salesforce adds to names.</summary>
    public static IReadOnlyList<string> Split(string name)
    {
        StringBuilder words = new(name.Length + 8);
        var before = ' ';
        foreach (var letter in WithoutEnding(name).Replace("__r.", ".", StringComparison.OrdinalIgnoreCase))
        {
            if (char.IsUpper(letter) && char.IsLower(before))
            {
                words.Append(' ');
            }

            words.Append(Ascii(letter));
            before = letter;
        }

        return words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The words as one, such as <c>serialnumber</c>.</summary>
    public static string Joined(string name) => string.Concat(Split(name));

    /// <summary>The same in English, without words that make no difference.</summary>
    public static IReadOnlyList<string> Meant(string name) =>
        [
            .. Split(name.Replace("e-mail", "email", StringComparison.OrdinalIgnoreCase))
                .SelectMany(word => German.GetValueOrDefault(word, word).Split(' '))
                .Where(word => !Fillers.Contains(word)),
        ];

    /// <summary>An API name of these words: <c>serialNumber</c>.</summary>
    public static string Camel(string name)
    {
        var words = Split(name);
        var camel = string.Concat(words.Select((word, i) => i == 0 ? word : $"{char.ToUpperInvariant(word[0])}{word[1..]}"));
        return camel.Length == 0 ? "field" : char.IsAsciiDigit(camel[0]) ? $"field{camel}" : camel;
    }

    private static string WithoutEnding(string name) =>
        SalesforceEndings.FirstOrDefault(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) is { } ending
            ? name[..^ending.Length]
            : name;

    private static string Ascii(char letter) => char.ToLowerInvariant(letter) switch
    {
        'ä' or 'æ' => "ae",
        'ö' or 'ø' or 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        var lower when char.IsAsciiLetterOrDigit(lower) => lower.ToString(),
        var lower => WithoutMark(lower),
    };

    private static string WithoutMark(char letter)
    {
        var first = letter.ToString().Normalize(NormalizationForm.FormD)[0];
        var isMark = CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;
        return char.IsAsciiLetterOrDigit(first) && !isMark ? first.ToString() : " ";
    }
}
