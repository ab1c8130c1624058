using System.Diagnostics.CodeAnalysis;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Objects;

/// <summary>The part of a result that one answer shows.</summary>
/// <param name="Position">Rows before it.</param>
/// <param name="Size">Most rows of it.</param>
internal sealed record Page(int Position, int Size)
{
    public static bool TryRead(
        LookupRequest request,
        EmulatorOptions options,
        [NotNullWhen(true)] out Page? page,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        var position = PageToken.Read(request.NextPageToken);
        refusal = request.BatchSize is <= 0 || request.BatchSize > options.MaxRecordsPerCall
                ? Refusal.Invalid($"Invalid batchSize, 1 to {options.MaxRecordsPerCall} are allowed")
            : position is null ? Refusal.Invalid("Invalid nextPageToken")
            : null;
        page = refusal is null ? new Page(position ?? 0, request.BatchSize ?? options.MaxRecordsPerCall) : null;
        return page is not null;
    }

    public T[] Cut<T>(IEnumerable<T> rows) => [.. rows.Skip(Position).Take(Size)];

    /// <summary>Null where nothing follows.</summary>
    /// <param name="rows">Rows of the whole result.</param>
    public string? NextToken(int rows) => rows - Position > Size ? PageToken.From(Position + Size) : null;
}
