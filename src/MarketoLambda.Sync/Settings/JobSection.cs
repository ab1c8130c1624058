using System.Globalization;
using System.Text.Json;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sync.Settings;

/// <summary>An object of the job file being read: it remembers lines, and which names were asked for.</summary>
/// <remarks>
/// Reading never throws: every mistake goes to <see cref="JobProblems"/>, so that a person sees all of them at once.
/// Call <see cref="AddErrorsForOtherNames"/> last.
/// </remarks>
public sealed class JobSection
{
    private readonly LocatedJson _json;
    private readonly string _path;
    private readonly JobProblems _problems;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobProblem> _lacking = new(StringComparer.Ordinal);

    /// <param name="json">The object.</param>
    /// <param name="path">Names that lead to it, with dots between; empty for the whole file.</param>
    /// <param name="problems">Where mistakes go.</param>
    internal JobSection(LocatedJson json, string path, JobProblems problems)
    {
        _json = json;
        _path = path;
        _problems = problems;
    }

    /// <summary>Folder of the job file; relative paths start there.</summary>
    public string Folder => _problems.Folder;

    /// <summary>The section as it stands in the file.</summary>
    internal LocatedJson Json => _json;

    /// <summary>Text that must be there and not be blank; empty after a reported problem.</summary>
    public string RequiredText(string name)
    {
        if (Find(name) is not { } value)
        {
            AddErrorForMissing(name);
            return "";
        }

        return Text(name, value) ?? "";
    }

    /// <summary>Text, or <paramref name="otherwise"/> where the setting is absent.</summary>
    public string OptionalText(string name, string otherwise) =>
        Find(name) is { } value ? Text(name, value) ?? otherwise : otherwise;

    /// <summary>Text, or null where the setting is absent.</summary>
    public string? OptionalText(string name) => Find(name) is { } value ? Text(name, value) : null;

    /// <summary>Text that may be blank, such as a tab, but not empty; null where the setting is absent.</summary>
    public string? OptionalTextOrBlank(string name) =>
        Find(name) is not { } value ? null
        : value is { Kind: JsonValueKind.String, Text.Length: > 0 } ? value.Text
        : Text(name, value);

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int OptionalInteger(string name, int least, int most, int otherwise)
    {
        if (Find(name) is not { } value)
        {
            return otherwise;
        }

        if (value.Kind == JsonValueKind.Number && int.TryParse(value.Text, out var number) && number >= least && number <= most)
        {
            return number;
        }

        _problems.Add(value.Line, $"{PathOf(name)} must be a whole number from {least} to {most}");
        return otherwise;
    }

    /// <summary>True or false.</summary>
    public bool OptionalFlag(string name, bool otherwise)
    {
        if (Find(name) is not { } value)
        {
            return otherwise;
        }

        if (value.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.Kind == JsonValueKind.True;
        }

        _problems.Add(value.Line, $"{PathOf(name)} must be true or false, without quotes");
        return otherwise;
    }

    /// <summary>
    /// Text that is not blank, a number (<see cref="decimal"/>) or a <see cref="bool"/>; null where the setting is absent.
    /// </summary>
    internal object? OptionalValue(string name) => Find(name) is { } value ? Literal(name, value, mayBeBlank: false) : null;

    /// <summary>Adds a problem about one of this section's settings, for rules that only the caller knows.</summary>
    public void AddError(string name, string problem) =>
        _problems.Add((_json.Find(name) ?? _json).Line, $"{PathOf(name)} {problem}");

    /// <summary>A list of texts, each not blank; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> RequiredTexts(string name)
    {
        var value = Find(name);
        if (value is null)
        {
            AddErrorForMissing(name);
            return [];
        }

        var items = value.Kind == JsonValueKind.Array ? value.Items : [value];
        if (items.Count == 0)
        {
            _problems.Add(value.Line, $"{PathOf(name)} must not be empty");
        }

        return [.. items.Select(item => Text(name, item)).OfType<string>()];
    }

    /// <summary>A list of texts, each not blank, or a single one; null where the setting is absent.</summary>
    public IReadOnlyList<string>? OptionalTexts(string name) => Find(name) is null ? null : RequiredTexts(name);

    /// <summary>A section inside this one; null after a reported problem.</summary>
    public JobSection? RequiredSection(string name)
    {
        if (Find(name) is not { } value)
        {
            AddErrorForMissing(name);
            return null;
        }

        return Section(PathOf(name), value);
    }

    /// <summary>Whether there are members at all.</summary>
    internal bool HasMembers => _json.Members.Count > 0;

    /// <summary>Every member with a text, a number, a boolean or <paramref name="kept"/>; null after a reported problem.</summary>
    /// <param name="keep">The name in <c>{ "…": true }</c> that leaves a value as it is.</param>
    /// <param name="kept">What that becomes.</param>
    internal IEnumerable<(string Name, object? Value)> Values(string keep, object kept) => _json.Members.Select(member =>
        (member.Name, IsKept(member.Value, keep) ? kept : Literal(member.Name, member.Value, mayBeBlank: true)));

    /// <summary>Whether there is a member of that name, in any casing.</summary>
    internal bool Has(string name) => _json.Members.Any(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Every member as a name with a section; null after a reported problem.</summary>
    internal IEnumerable<(string Name, JobSection? Section)> Sections()
    {
        foreach (var (name, value) in _json.Members)
        {
            _known.Add(name);
            yield return (name, Section(PathOf(name), value));
        }
    }

    /// <summary>A section inside this one; null where it is absent, or after a reported problem.</summary>
    public JobSection? OptionalSection(string name) => Find(name) is { } value ? Section($"{_path}.{name}", value) : null;

    /// <summary>Every member as a name with a list of texts, each not blank; a single text counts as a list of one.</summary>
    public IEnumerable<(string Name, IReadOnlyList<string> Texts)> Lists() =>
        [.. _json.Members.Select(member => (member.Name, RequiredTexts(member.Name)))];

    /// <summary>Every member as a name with either a text or a section.</summary>
    internal IEnumerable<(string Name, int Line, string? Text, JobSection? Section)> Members()
    {
        foreach (var (name, value) in _json.Members)
        {
            _known.Add(name);
            var path = PathOf(name);
            if (value.Kind == JsonValueKind.Object)
            {
                yield return (name, value.Line, null, Section(path, value));
            }
            else
            {
                yield return (name, value.Line, Text(name, value), null);
            }
        }
    }

    /// <summary>Reports every name nobody asked for, and the known name it may have meant.</summary>
    public void AddErrorsForOtherNames()
    {
        foreach (var (name, value) in _json.Members.Where(member => !_known.Contains(member.Name)))
        {
            _problems.Add(value.Line, $"{Here} has no setting \"{name}\"{NearName.Hint(name, _known)}");
            if (NearName.Find(name, _known) is { } meant && _lacking.Remove(meant, out var lack))
            {
                _problems.Remove(lack); // the same mistake: what lacks is here under another name
            }
        }
    }

    private string Here => _path.Length == 0 ? "the file" : _path;

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>Reports that none of these settings is there.</summary>
    internal void AddErrorForMissing(params IReadOnlyList<string> names)
    {
        var quoted = names.Select(name => $"\"{name}\"").ToList();
        var problem = _problems.Add(
            _json.Line,
            $"{Here} lacks {(quoted.Count == 1 ? quoted[0] : $"{string.Join(", ", quoted.SkipLast(1))} or {quoted[^1]}")}");
        foreach (var name in names)
        {
            _lacking[name] = problem;
        }
    }

    private LocatedJson? Find(string name)
    {
        _known.Add(name);
        return _json.Find(name);
    }

    private string? Text(string name, LocatedJson value)
    {
        if (value.Kind == JsonValueKind.String && value.Text.Any(char.IsControl))
        {
            _problems.Add(
                value.Line,
                $"{PathOf(name)} has a control character, probably from a backslash that JSON reads as an escape, as in C:\\temp; "
                + "write / or two backslashes");
            return null;
        }

        if (value.Kind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.Text))
        {
            return value.Text;
        }

        _problems.Add(value.Line, $"{PathOf(name)} must be a text in quotes that is not blank");
        return null;
    }

    private object? Literal(string name, LocatedJson value, bool mayBeBlank)
    {
        switch (value.Kind)
        {
            case JsonValueKind.String when mayBeBlank || !string.IsNullOrWhiteSpace(value.Text):
                return value.Text;
            case JsonValueKind.Number when decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return number;
            case JsonValueKind.True or JsonValueKind.False:
                return value.Kind == JsonValueKind.True;
            default:
                _problems.Add(
                    value.Line,
                    mayBeBlank
                        ? $"{PathOf(name)} must be a text in quotes, a number, true or false, or {{ \"keep\": true }} to leave the value "
                            + "as it is"
                        : $"{PathOf(name)} must be a text in quotes that is not blank, a number, true or false");
                return null;
        }
    }

    private static bool IsKept(LocatedJson value, string keep) =>
        value is { Kind: JsonValueKind.Object, Members: [(var name, { Kind: JsonValueKind.True })] } && name == keep;

    private JobSection? Section(string path, LocatedJson value)
    {
        if (value.Kind == JsonValueKind.Object)
        {
            return new JobSection(value, path, _problems);
        }

        _problems.Add(value.Line, $"{path} must be an object in braces");
        return null;
    }
}
