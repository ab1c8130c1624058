using MarketoLambda.Sources.Files;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Sources.JsonLines;

/// <summary>Reads a file to its last byte before anything of it is imported, and refuses it where a part of it is missing.</summary>
internal sealed class JsonLinesCheck
{
    private const int MaxNames = 100;

    private readonly JsonLinesContent _content;
    private readonly JsonRows _rows;
    private readonly List<JsonPath> _missing;
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private (long Count, SourceLocation First) _undecodable;
    private long _beyondAscii;
    private long _objects;

    private JsonLinesCheck(JsonLinesContent content, JsonRows rows, IReadOnlyList<JsonPath> paths)
    {
        _content = content;
        _rows = rows;
        _missing = [.. paths];
    }

    /// <summary>The number of lines that are not blank, and what a person should know of the file.</summary>
    /// <exception cref="SourceException">The file cannot be used.</exception>
    public static (long Rows, SourceNotice? Missing) Run(
        JsonLinesContent content, IReadOnlyList<JsonPath> paths, CancellationToken cancellationToken)
    {
        using JsonRows rows = new(content);
        JsonLinesCheck check = new(content, rows, paths);
        check.ReadAll(cancellationToken);
        return (rows.Number, check.Missing());
    }

    private void ReadAll(CancellationToken cancellationToken)
    {
        while (_rows.Read(cancellationToken))
        {
            if (_rows.Problem is null)
            {
                SeeNames();
                continue;
            }

            if (_rows.Number == 1)
            {
                ThrowIfOtherKind();
            }

            if (_rows.Line.Contains("\0\0", StringComparison.Ordinal))
            {
                throw FileErrors.Create(
                    _rows.Place,
                    "has a hole of NULs, as in a file of which a part was never written: rows are missing; fetch the file again");
            }

            if (_rows.IsCut)
            {
                throw FileErrors.Create(_rows.Place, "is the last one and breaks off within its object: the file was cut");
            }

            if (_rows.IsUndecodable)
            {
                _undecodable = (_undecodable.Count + 1, _undecodable.Count == 0 ? _rows.Place : _undecodable.First);
            }
        }

        if (_undecodable.Count > Math.Max(1, _beyondAscii))
        {
            throw FileErrors.Create(
                _undecodable.First,
                $"and {Quantity.Format(_undecodable.Count - 1, "other line")} have bytes that are no UTF-8, which JSON is written in; "
                + "write the file so");
        }
    }

    private void SeeNames()
    {
        _objects++;
        _beyondAscii += System.Text.Ascii.IsValid(_rows.Line) ? 0 : 1;
        _missing.RemoveAll(path => path.Find(_rows.Root, out _) != JsonFind.Missing);
        if (_missing.Count > 0 && _names.Count < MaxNames)
        {
            _names.UnionWith(_rows.Root.EnumerateObject().Take(MaxNames).Select(NameOf).OfType<string>());
        }
    }

    private static string? NameOf(System.Text.Json.JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null; // half a character
        }
    }

    private void ThrowIfOtherKind()
    {
        var line = _rows.Line.Trim(['\uFEFF', ' ', '\t', '\r']);
        if (line.StartsWith('['))
        {
            throw _content.Error("is one JSON list and no JSON lines; write each object into a line of its own, as \"jq -c '.[]'\" does");
        }

        if (line.SequenceEqual("{"))
        {
            throw _content.Error("has objects over several lines; write each object into a line of its own, as \"jq -c .\" does");
        }

        if (!line.StartsWith('{') && _content.ForeignKind() is { } kind)
        {
            throw _content.Error($"is no JSON lines but {kind}");
        }
    }

    private SourceNotice? Missing()
    {
        if (_objects == 0 || _missing.Count == 0)
        {
            return null;
        }

        var path = _missing[0].Text;
        var near = NearName.Find(path, _names) is { } name ? $" (did you mean \"{name}\"?)" : "";
        var others = _missing.Count == 1 ? "" : $", nor {Quantity.List(_missing.Skip(1).Select(other => $"\"{other.Text}\""), " or ")}";
        return new SourceNotice(
            new SourceLocation(_content.Name, 0),
            "missing-property",
            $"no object of this file has \"{path}\"{near}{others}; they count as empty. "
            + "Names are compared exactly, upper and lower case too");
    }
}
