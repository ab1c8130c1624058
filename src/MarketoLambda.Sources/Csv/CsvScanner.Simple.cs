using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MarketoLambda.Sources.Csv;

/// <content>Cuts the cells that nearly all are, 32 characters at once: bare ones without a quote, and quoted ones without a quote
/// inside.</content>
internal sealed partial class CsvScanner
{
    /// <summary>True at the end of the line; false before a cell that needs a closer look.</summary>
    /// <remarks>Optimized at once: a file may well be read before a method that is called so often is compiled again.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryCutSimpleCells(ref int i)
    {
        if (_escape >= 0 || _delimiter > LastOfAscii || _quote > LastOfAscii)
        {
            return false;
        }

        var (lineFeeds, carriageReturns) = (Vector256.Create((byte)'\n'), Vector256.Create((byte)'\r'));
        var delimiters = Vector256.Create((byte)_delimiter);
        var quotes = _quote < 0 ? delimiters : Vector256.Create((byte)_quote);
        ref var text = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetArrayDataReference(_buffer));
        var (from, count, cells, quote, delimiter, last) = (i, CellCount, _cells, _quote, _delimiter, _end - Vector256<byte>.Count);
        var (isInside, isClosed) = (false, false);
        for (var at = i; at <= last; at += Vector256<byte>.Count)
        {
            // A character beyond one byte becomes 255, which is none of these.
            var block = Vector256.NarrowWithSaturation(
                Vector256.LoadUnsafe(ref text, (nuint)at), Vector256.LoadUnsafe(ref text, (nuint)(at + Vector256<ushort>.Count)));
            var hits = (Vector256.Equals(block, delimiters) | Vector256.Equals(block, quotes)
                | Vector256.Equals(block, lineFeeds) | Vector256.Equals(block, carriageReturns)).ExtractMostSignificantBits();
            for (; hits != 0; hits &= hits - 1)
            {
                var hit = at + BitOperations.TrailingZeroCount(hits);
                var sign = Unsafe.Add(ref text, hit);
                if (isInside)
                {
                    if (sign != quote)
                    {
                        _isPlain &= sign == delimiter;
                        continue;
                    }

                    var next = hit + 1 < _end ? Unsafe.Add(ref text, hit + 1) : quote;
                    if (next != delimiter && next is not ('\r' or '\n'))
                    {
                        (i, CellCount) = (from, count);
                        return false;
                    }

                    (isInside, isClosed) = (false, true);
                    continue;
                }

                if (sign == quote)
                {
                    if (hit != from)
                    {
                        (i, CellCount) = (from, count);
                        return false;
                    }

                    isInside = true;
                    continue;
                }

                if (count == cells.Length)
                {
                    Array.Resize(ref _cells, count * 2);
                    cells = _cells;
                }

                cells[count++] = isClosed ? new Cell(from + 1, hit - from - 2, IsQuoted: true, IsEscaped: false)
                    : new Cell(from, hit - from, IsQuoted: false, IsEscaped: false);
                if (sign != delimiter)
                {
                    (i, CellCount) = (hit, count);
                    return true;
                }

                (from, isClosed) = (hit + 1, false);
            }
        }

        (i, CellCount) = (from, count);
        return false;
    }
}
