namespace MarketoLambda.Sources.Passes;

/// <summary>The rows of one pass, with a look ahead: who gets a row must know whether it is the last.</summary>
/// <param name="table">Where they are.</param>
/// <param name="bounds">Which they are.</param>
/// <param name="after">The row to go on behind; null at the beginning.</param>
internal sealed class PassRows(ICursorTable table, PassBounds bounds, CursorPlace? after)
{
    private readonly PageOrder _order = new(table);
    private CursorPage _page = new([], HasMore: true);
    private int _next;
    private CursorPlace? _after = after;

    public PassBounds Bounds => bounds;

    /// <summary>Where an earlier run left it; null where this one began it.</summary>
    public CursorPlace? BegunAt { get; } = after;

    /// <summary>An earlier run handed out its first rows.</summary>
    public bool IsContinued => BegunAt is not null;

    /// <summary>No row follows. Known as soon as the last one was handed out.</summary>
    public bool IsOver => _next == _page.Rows.Count && !_page.HasMore;

    /// <summary>The next row; null where none is left, or none is ready yet.</summary>
    public async ValueTask<CursorRow?> NextAsync(CancellationToken cancellationToken)
    {
        if (_next == _page.Rows.Count && _page.HasMore)
        {
            await ReadAsync(cancellationToken); // the beginning
        }

        if (_next == _page.Rows.Count)
        {
            return null;
        }

        var row = _page.Rows[_next];
        _after = row.Place;
        if (_next == _page.Rows.Count - 1 && _page.HasMore)
        {
            await ReadAsync(cancellationToken);
        }
        else
        {
            _next++;
        }

        return row;
    }

    private async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        var page = await table.ReadPageAsync(bounds, _after, cancellationToken);
        _order.ThrowUnlessBehind(_after, page);
        _page = page;
        _next = 0;
    }
}
