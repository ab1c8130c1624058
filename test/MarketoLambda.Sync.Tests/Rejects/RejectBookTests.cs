using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Tests.Rejects;

public sealed class RejectBookTests
{
    private readonly RejectBook _book = new(
        1,
        (place, than) => string.CompareOrdinal(place.Location.Container, than.Location.Container) > 0);

    [Theory]
    [InlineData("01.csv", 0)]
    [InlineData("02.csv", 1)]
    [InlineData("03.csv", 1)]
    public void A_record_replaces_rejects_of_its_own_file_and_of_earlier_ones_not_of_later_ones_issue_10_A3b(string file, int expected)
    {
        // Given
        _book.Add(Row(1, "a", "02.csv"));

        // Then
        Assert.Equal(expected, _book.FindReplaced(RecordKey.From("a"), new SourcePlace(new SourceLocation(file, 1), null)).Count());
    }

    [Fact]
    public void A_version_that_is_later_in_the_source_comes_later_whatever_the_numbers_say()
    {
        // Given: the late file was refused after the newer one
        _book.Add(Row(1, "a", "02.csv"));
        _book.Add(Row(2, "a", "01.csv"));

        // Then
        Assert.Equal(2, Assert.Single(_book.FindBefore(_book.Find(1)!)).Number);
        Assert.Empty(_book.FindBefore(_book.Find(2)!));
    }

    [Fact]
    public void Nothing_of_a_rejects_texts_stays_in_memory_issue_10_B6()
    {
        // When
        var texts = AddWithTexts(number: 1);
        GC.Collect();

        // Then
        Assert.All(texts, text => Assert.False(text.IsAlive));
        Assert.Equal(1, _book.Count);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private List<WeakReference> AddWithTexts(int number)
    {
        string key = new('k', 2000), payload = new('v', 2000), reason = new('r', 300);
        _book.Add(Row(number, key, "a.csv") with { Payload = payload, Reason = reason });
        return [new(key), new(payload), new(reason)];
    }

    [Fact]
    public void Thousands_of_random_changes_leave_the_book_as_a_plain_list_would_be()
    {
        // Given
        Random random = new(7);
        Dictionary<long, (string Key, string File, bool IsHeld)> plain = [];

        // When
        for (var change = 0; change < 20_000; change++)
        {
            var number = random.Next(1, 40);
            var key = $"{(char)('a' + random.Next(4))}";
            key = random.Next(2) == 0 ? key : key.ToUpperInvariant();
            switch (random.Next(3))
            {
                case 0:
                    _book.Remove(number);
                    plain.Remove(number);
                    break;
                case 1:
                    _book.Mark([number], RejectStage.Held);
                    plain[number] = plain.TryGetValue(number, out var one) ? one with { IsHeld = true } : default;
                    plain = plain.Where(pair => pair.Value.Key is not null).ToDictionary();
                    break;
                default:
                    var file = $"{random.Next(1, 4)}.csv";
                    _book.Add(Row(number, key, file, row: number));
                    plain[number] = (key, file, false);
                    break;
            }
        }

        // Then
        Assert.Equal(plain.Count, _book.Count);
        foreach (var folded in plain.GroupBy(pair => pair.Value.Key.ToUpperInvariant()))
        {
            var found = _book.FindReplaced(RecordKey.From(folded.Key), new SourcePlace(new SourceLocation("9.csv", 1), CursorValue: null));
            Assert.Equal(
                folded.Select(pair => (pair.Key, pair.Value.IsHeld)).Order(),
                found.Select(reject => (reject.Number, reject.IsHeld)).Order());
        }
    }

    private static RejectRow Row(long number, string key, string file, long row = 0) =>
        new("", "product_c", number, new SourceLocation(file, row == 0 ? number : row)) { Key = key, Code = "code", Payload = "{}" };
}
