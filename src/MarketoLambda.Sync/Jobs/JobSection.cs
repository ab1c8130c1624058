using System.Text.Json;

namespace MarketoLambda.Sync.Jobs;

/// <summary>An object of the job file being read: it remembers lines, and which names were asked for.</summary>
/// <remarks>
/// Reading never throws: every mistake goes to <see cref="JobProblems"/>, so that a person sees all of them at once.
/// Call <see cref="RefuseOtherNames"/> last.
/// </remarks>
public sealed class JobSection
{
    private readonly LocatedJson _json;
    private readonly string _path;
    private readonly JobProblems _problems;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    internal JobSection(LocatedJson json, string path, JobProblems problems)
    {
        _json = json;
        _path = path;
        _problems = problems;
    }

    /// <summary>Folder of the job file; relative paths start there.</summary>
    public string Folder => _problems.Folder;

    /// <summary>Text that must be there and not be blank; empty after a reported problem.</summary>
    public string RequiredText(string name)
    {
        if (Find(name) is not { } value)
        {
            _problems.Add(_json.Line, $"{_path} lacks \"{name}\"");
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

        _problems.Add(value.Line, $"{_path}.{name} must be a whole number from {least} to {most}");
        return otherwise;
    }

    /// <summary>Adds a problem about one of this section's settings, for rules that only the caller knows.</summary>
    public void Refuse(string name, string problem) =>
        _problems.Add((_json.Find(name) ?? _json).Line, $"{_path}.{name} {problem}");

    /// <summary>A list of texts, each not blank; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> RequiredTexts(string name)
    {
        var value = Find(name);
        if (value is null)
        {
            _problems.Add(_json.Line, $"{_path} lacks \"{name}\"");
            return [];
        }

        var items = value.Kind == JsonValueKind.Array ? value.Items : [value];
        if (items.Count == 0)
        {
            _problems.Add(value.Line, $"{_path}.{name} must not be empty");
        }

        return [.. items.Select(item => Text(name, item)).OfType<string>()];
    }

    /// <summary>A section inside this one; null after a reported problem.</summary>
    public JobSection? RequiredSection(string name)
    {
        if (Find(name) is not { } value)
        {
            _problems.Add(_json.Line, $"{_path} lacks \"{name}\"");
            return null;
        }

        return Section($"{_path}.{name}", value);
    }

    /// <summary>A section inside this one; null where it is absent, or after a reported problem.</summary>
    public JobSection? OptionalSection(string name) => Find(name) is { } value ? Section($"{_path}.{name}", value) : null;

    /// <summary>Every member as a name with either a text or a section.</summary>
    internal IEnumerable<(string Name, int Line, string? Text, JobSection? Section)> Members()
    {
        foreach (var (name, value) in _json.Members)
        {
            _known.Add(name);
            var path = $"{_path}.{name}";
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
    public void RefuseOtherNames()
    {
        foreach (var (name, value) in _json.Members.Where(member => !_known.Contains(member.Name)))
        {
            var meant = _known.MinBy(known => EditDistance.Between(known, name));
            var hint = meant is not null && EditDistance.Between(meant, name) <= 2 ? $"; did you mean \"{meant}\"?" : $"; known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}";
            _problems.Add(value.Line, $"{_path} has no setting \"{name}\"{hint}");
        }
    }

    private LocatedJson? Find(string name)
    {
        _known.Add(name);
        return _json.Find(name);
    }

    private string? Text(string name, LocatedJson value)
    {
        if (value.Kind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.Text))
        {
            return value.Text;
        }

        _problems.Add(value.Line, $"{_path}.{name} must be a text in quotes that is not blank");
        return null;
    }

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
