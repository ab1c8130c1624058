using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing.Salesforce;

namespace MarketoLambda.Sources.Tests.Salesforce;

public sealed class QueryTests
{
    private static readonly int[] Pages = [1, 2, 3, 7, 100];
    private static readonly int[] Ties = [1, 4, 9];
    private static readonly int[] Untouched = [1, 2, 3, 4, 6];

    public static TheoryData<MillisecondRule, int, int> Shapes => new(
        from rule in Enum.GetValues<MillisecondRule>()
        from page in Pages
        from tie in Ties
        select (rule, page, tie));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_record_is_read_once_in_order_from_any_position_whatever_Salesforce_makes_of_milliseconds(
        MillisecondRule rule,
        int page,
        int tie)
    {
        // Given
        var crm = Shuffled(rule, page, tie);
        var whole = crm.Read();
        // When
        var rests = whole.Positions.Select(position => crm.Read(position).Ids).ToList();
        // Then
        Assert.Equal(InOrder(crm), whole.Ids);
        for (var i = 0; i < rests.Count; i++)
        {
            Assert.Equal(whole.Ids[(i + 1)..], i == rests.Count - 1 ? [] : rests[i]);
        }
    }

    [Fact]
    public void A_second_larger_than_a_run_is_left_behind_bit_by_bit()
    {
        // Given
        var crm = new Crm(org => org.PageSize = 4).With(40).After(TimeSpan.FromMinutes(2));
        List<string> ids = [];
        Checkpoint? position = null;
        // When
        for (var runs = 0; runs < 20; runs++)
        {
            var read = crm.Read(position, most: 2);
            ids.AddRange(read.Ids);
            position = read.End;
        }

        // Then
        Assert.Equal(Enumerable.Range(1, 40).Select(crm.Assets.Id), ids);
    }

    [Fact]
    public void A_record_whose_transaction_ends_late_is_found_by_the_next_pass()
    {
        // Given
        var crm = new Crm()
            .Put(1)
            .After(TimeSpan.FromSeconds(10))
            .Put(2, commitsAfter: TimeSpan.FromMinutes(8))
            .After(TimeSpan.FromSeconds(10))
            .Put(3)
            .After(TimeSpan.FromMinutes(5));
        // When
        var first = crm.Read();
        var second = crm.After(TimeSpan.FromMinutes(4)).Read(first.End);
        // Then
        Assert.Equal([crm.Assets.Id(1), crm.Assets.Id(3)], first.Ids);
        Assert.Contains(crm.Assets.Id(2), second.Ids);
    }

    [Fact]
    public void A_record_changed_between_two_pages_is_left_to_the_next_pass()
    {
        // Given
        var crm = new Crm(org => org.PageSize = 2);
        for (var number = 1; number <= 6; number++)
        {
            crm.Put(number).After(TimeSpan.FromSeconds(1));
        }

        crm.After(TimeSpan.FromMinutes(2));
        crm.Network = handler => new Meanwhile(handler, () => crm.Put(5, "2")) { BeforePage = 2 };
        // When
        var first = crm.Read();
        crm.Network = handler => handler;
        var second = crm.After(TimeSpan.FromMinutes(2)).Read(first.End, columns: "Id,Name");
        // Then
        Assert.Equal(Untouched.Select(crm.Assets.Id), first.Ids);
        Assert.Equal("2", second.Records.Single(record => (string?)record.Values[0] == crm.Assets.Id(5)).Values[1]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_record_that_jumps_while_its_page_is_on_the_way_takes_no_other_one_with_it(int jumping)
    {
        // Given
        var crm = new Crm(org => org.PageSize = 3).Put(1).After(TimeSpan.FromSeconds(1));
        for (var number = 2; number <= 9; number++)
        {
            crm.Put(number);
        }

        crm.After(TimeSpan.FromSeconds(1))
            .Put(10)
            .After(TimeSpan.FromSeconds(30))
            .Put(jumping, "2", commitsAfter: TimeSpan.FromMinutes(5))
            .After(TimeSpan.FromMinutes(4));
        crm.Network = handler => new Meanwhile(handler, () => crm.Time.Advance(TimeSpan.FromMinutes(2))) { BeforePage = 2 };
        // When
        var read = crm.Read();
        // Then
        Assert.Equal(
            [.. Enumerable.Range(1, 10).Where(number => number != jumping), jumping],
            read.Ids.Select(id => Enumerable.Range(1, 10).First(number => crm.Assets.Id(number) == id)));
    }

    [Fact]
    public void Every_page_is_a_query_of_its_own_so_no_locator_can_be_lost()
    {
        // Given
        var crm = Shuffled(MillisecondRule.Exact, page: 3, tie: 4);
        var expected = InOrder(crm);
        // When
        var read = crm.Read();
        // Then
        Assert.Equal(expected, read.Ids);
        Assert.DoesNotContain(crm.Org.Calls, call => call.Kind == OrgCallKind.More);
    }

    [Fact]
    public void Sessions_may_end_all_the_time()
    {
        // Given
        var crm = Shuffled(MillisecondRule.Exact, page: 3, tie: 4);
        var calls = 0;
        crm.Network = handler => new Meanwhile(handler, () =>
        {
            if (++calls % 3 == 0)
            {
                crm.Org.ExpireSessions();
            }
        });
        // When
        var read = crm.Read();
        // Then
        Assert.Equal(InOrder(crm), read.Ids);
    }

    [Fact]
    public void A_query_that_takes_too_long_is_asked_in_smaller_windows_that_grow_again()
    {
        // Given
        var crm = new Crm(org => org.MaxRowsOfAQuery = 10) { Section = "\"bulkAbove\": 1000000" };
        for (var number = 1; number <= 60; number++)
        {
            crm.Put(number).After(TimeSpan.FromMinutes(number % 20 == 0 ? 600 : 1));
        }

        // When
        var read = crm.Read();
        // Then
        Assert.Equal(Enumerable.Range(1, 60).Select(crm.Assets.Id), read.Ids);
        Assert.InRange(crm.Org.Calls.Count(call => call is { Kind: OrgCallKind.Query, Status: 400 }), 1, 20);
    }

    [Fact]
    public void Nothing_is_asked_twice_when_nothing_changes()
    {
        // Given
        var crm = new Crm().With(3).After(TimeSpan.FromHours(1));
        var position = crm.Read().End;
        var before = crm.Org.Calls.Count;
        // When
        var read = crm.After(TimeSpan.FromMinutes(5)).Read(position);
        // Then
        Assert.Empty(read.Ids);
        Assert.Equal([OrgCallKind.Token, OrgCallKind.Describe, OrgCallKind.Query], crm.Org.Calls.Skip(before).Select(call => call.Kind));
    }

    private static Crm Shuffled(MillisecondRule rule, int page, int tie)
    {
        var crm = new Crm(org => (org.Milliseconds, org.PageSize) = (rule, page));
        Random random = new(page);
        var numbers = Enumerable.Range(1, 24).ToArray();
        random.Shuffle(numbers);
        foreach (var second in numbers.Chunk(tie))
        {
            foreach (var number in second)
            {
                crm.Put(number).After(TimeSpan.FromMilliseconds(random.Next(100)));
            }

            crm.After(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(crm.Time.GetUtcNow().Ticks % TimeSpan.TicksPerSecond));
        }

        return crm.After(TimeSpan.FromHours(1));
    }

    private static string[] InOrder(Crm crm) =>
        [
            .. Enumerable
                .Range(1, crm.Assets.Count)
                .OrderBy(number => crm.Assets.SecondOf(number))
                .ThenBy(crm.Assets.Id, StringComparer.Ordinal)
                .Select(crm.Assets.Id),
        ];
}
