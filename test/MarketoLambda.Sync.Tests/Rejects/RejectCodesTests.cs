using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Rejects;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Tests.Rejects;

/// <summary>Codes in the words of those who see them.</summary>
public sealed class RejectCodesTests
{
    public static TheoryData<string> Marketos => [.. MarketoErrorCatalog.All.Select(error => error.Code).Where(code => code != "unknown")];

    [Theory]
    [MemberData(nameof(Marketos))]
    public void Every_code_of_Marketo_is_explained_in_whole_sentences(string code) =>
        Assert.EndsWith(".", RejectCodes.Explain(code), StringComparison.Ordinal);

    [Theory]
    [InlineData("wrong-type")]
    [InlineData("too-long")]
    [InlineData("not-in-map")]
    [InlineData("cell-error")]
    [InlineData("missing-key")]
    [InlineData("invalid-text")]
    [InlineData("too-large")]
    [InlineData("ragged-row")]
    [InlineData("misquoted")]
    [InlineData("wrong-cursor")]
    public void Our_own_codes_are_explained_too(string code) =>
        Assert.EndsWith(".", RejectCodes.Explain(code), StringComparison.Ordinal);

    [Fact]
    public void A_code_that_nobody_knows_is_not_explained() => Assert.Null(RejectCodes.Explain("4711"));

    [Fact]
    public void What_the_explanation_says_is_not_said_with_every_record()
    {
        RejectRow row = new("", "people", 1, new SourceLocation("people.csv", 2))
        {
            Code = "1007",
            Reason = $"2 people share this e-mail address: ids 1, 2: {MarketoErrorCatalog.SeveralMatch.Remedy}",
        };

        Assert.Equal("2 people share this e-mail address: ids 1, 2", RejectCodes.ShortReason(row));
    }
}
