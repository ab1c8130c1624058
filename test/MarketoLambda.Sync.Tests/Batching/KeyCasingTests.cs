using MarketoLambda.Sync.Batching;
using MarketoLambda.Sync.Mapping;

namespace MarketoLambda.Sync.Tests.Batching;

public sealed class KeyCasingTests
{
    private readonly KeyCasing _casing = new();

    [Fact]
    public void Nothing_is_known_before_a_key_is_met_in_two_casings()
    {
        // When
        Learn(("a", "1"), ("A", "1"));

        // Then
        Assert.False(_casing.IsAsked);
        Assert.False(IsOne("a", "A"));
        Assert.Equal(Identity("a"), Identity("A"));
    }

    [Fact]
    public void Casings_with_one_guid_are_one_record_and_so_are_those_of_other_keys()
    {
        // When
        Ask("A");
        Learn(("a", "1"), ("A", "1"));

        // Then
        Assert.False(_casing.IsAsked);
        Assert.True(IsOne("b", "B"));
        Assert.Equal(Identity("b"), Identity("B"));
    }

    [Fact]
    public void Casings_with_guids_that_return_are_two_records()
    {
        // When
        Ask("A");
        Learn(("a", "1"), ("A", "2"), ("a", "1"));

        // Then
        Assert.False(_casing.IsAsked);
        Assert.NotEqual(Identity("b"), Identity("B"));
    }

    [Fact]
    public void A_record_that_was_deleted_and_made_again_in_between_does_not_look_like_two()
    {
        // When: what is one record has a new guid each time
        Ask("A");
        Learn(("a", "1"), ("A", "2"), ("a", "3"));

        // Then
        Assert.True(_casing.IsAsked);
        Assert.Equal(Identity("a"), Identity("A"));
    }

    [Theory]
    [InlineData("é", "É")]
    [InlineData(" a", "a")]
    public void Of_letters_beyond_ascii_and_of_outer_blanks_nothing_is_concluded(string key, string other)
    {
        // When
        Ask("B");
        Learn(("b", "1"), ("B", "1"));

        // Then
        Assert.False(IsOne(key, other));
        Assert.Equal(Identity(key), Identity(other));
    }

    [Theory]
    [InlineData("é")]
    [InlineData("a ")]
    public void A_key_of_another_kind_puts_all_in_doubt_where_casings_were_told_apart(string key)
    {
        // Given
        Ask("B");
        Learn(("b", "1"), ("B", "2"), ("b", "1"));
        Assert.False(_casing.Doubts(RecordKey.From("a")));

        // When
        var isDoubtful = _casing.Doubts(RecordKey.From(key));

        // Then
        Assert.True(isDoubtful);
        Assert.False(_casing.Doubts(RecordKey.From(key)));
        Assert.Equal(Identity("a"), Identity("A "));
    }

    private void Ask(string key) => _casing.Ask(RecordKey.From(key));

    private void Learn(params IEnumerable<(string Key, string Guid)> answers)
    {
        foreach (var (key, guid) in answers)
        {
            _casing.Learn(RecordKey.From(key), guid);
        }
    }

    private bool IsOne(string key, string other) => _casing.IsOne(RecordKey.From(key), RecordKey.From(other));

    private string Identity(string key) => _casing.IdentityOf(RecordKey.From(key));
}
