using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Passes;

/// <summary>
/// Refuses a page that does not begin behind the row that was asked for: such pages would come for ever, and other rows never.
/// </summary>
/// <remarks>
/// Only the table knows how its ids are ordered. But an id that comes again as the first of a page with the same cursor is not behind
/// anything.
/// </remarks>
internal sealed class PageOrder(ICursorTable table)
{
    private readonly HashSet<string> _firstIds = [];
    private DateTime? _cursor;

    /// <param name="after">What the page was to follow; null for the first one.</param>
    /// <param name="page">The page.</param>
    /// <exception cref="SourceException">It does not follow.</exception>
    public void ThrowUnlessBehind(CursorPlace? after, CursorPage page)
    {
        if (page.Rows is not [{ Place: var first }, ..])
        {
            return;
        }

        if (_cursor != first.Cursor)
        {
            _cursor = first.Cursor;
            _firstIds.Clear();
        }

        var isBehind = after is null || first.Cursor > after.Cursor || (first.Cursor == after.Cursor && first.Id != after.Id);
        if (!_firstIds.Add(first.Id) || !isBehind)
        {
            throw new SourceException(
                $"{table.Name} hands out rows again that came before, so it cannot be read in the order of \"{table.CursorName}\" and "
                    + "its id; "
                + "where the job file names the id, name columns of a usual type there (number, text, uuid); else report this");
        }
    }
}
