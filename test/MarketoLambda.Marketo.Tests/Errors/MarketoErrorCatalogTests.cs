using System.Net;
using MarketoLambda.Marketo.Errors;

namespace MarketoLambda.Marketo.Tests.Errors;

public sealed class MarketoErrorCatalogTests
{
    [Theory]
    [InlineData(Disposition.RenewToken, "601 602")]
    [InlineData(Disposition.Throttled, "606 615")]
    [InlineData(Disposition.Transient, "614 719")]
    [InlineData(Disposition.Ambiguous, "500 502 604 608 611 713 99999")]
    [InlineData(Disposition.QuotaReached, "607")]
    [InlineData(Disposition.Denied, "603 616 703 1026")]
    [InlineData(Disposition.RequestWrong, "600 605 609 610 612 613 701 702 704 709 710 711 712 714 718")]
    [InlineData(Disposition.RecordRejected, "1001 1002 1003 1004 1005 1006 1007 1011 1013 1017 1036 1048 1076 1080")]
    public void Each_code_has_its_disposition(Disposition expected, string codes) =>
        Assert.All(codes.Split(' '), code => Assert.Equal(expected, MarketoErrorCatalog.Find(code).Disposition));

    [Theory]
    [InlineData(401, Disposition.Denied)]
    [InlineData(404, Disposition.RequestWrong)]
    [InlineData(413, Disposition.TooLarge)]
    [InlineData(414, Disposition.TooLarge)]
    [InlineData(500, Disposition.Ambiguous)]
    [InlineData(502, Disposition.Ambiguous)]
    [InlineData(504, Disposition.Ambiguous)]
    [InlineData(418, Disposition.Ambiguous)]
    public void Each_http_status_has_its_disposition(int status, Disposition expected) =>
        Assert.Equal(expected, MarketoErrorCatalog.Find((HttpStatusCode)status).Disposition);

    [Fact]
    public void Exactly_the_codes_with_a_star_are_free() => Assert.Equal(
        ["601", "602", "604", "605", "608", "611", "host-unknown", "not-sent"],
        MarketoErrorCatalog.All.Where(error => !error.IsCounted).Select(error => error.Code));

    [Fact]
    public void Each_row_says_what_happened_and_what_to_do() => Assert.All(MarketoErrorCatalog.All, error =>
    {
        Assert.NotEmpty(error.Message);
        Assert.NotEmpty(error.Source);
        Assert.False(error.Remedy.EndsWith('.'), error.Remedy);
        Assert.True(char.IsLower(error.Remedy[0]), error.Remedy);
        Assert.DoesNotContain("%s", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void No_code_has_two_rows() =>
        Assert.Equal(MarketoErrorCatalog.All.Count, MarketoErrorCatalog.All.DistinctBy(error => error.Code).Count());

    [Fact]
    public void A_whole_call_may_fail_for_one_record_with_these_codes_and_no_others() =>
        Assert.Equal(
            [
                "500",
                "609",
                "611",
                "701",
                "704",
                "718",
                "1001",
                "1002",
                "1003",
                "1004",
                "1005",
                "1007",
                "1010",
                "1012",
                "1013",
                "1015",
                "1017",
                "1022",
                "1025",
                "1036",
                "1037",
                "HTTP 413",
            ],
            MarketoErrorCatalog.All.Where(error => error.MayBeContent).Select(error => error.Code));

    [Fact]
    public void What_is_wrong_with_the_job_or_the_subscription_is_never_blamed_on_a_record()
    {
        Assert.Equal(
            ["603", "610", "612", "616", "703", "1006", "1009", "1021", "1026"],
            MarketoErrorCatalog.All.Where(error => error.MeansMisconfigured).Select(error => error.Code));
        Assert.DoesNotContain(MarketoErrorCatalog.All, error => error.MeansMisconfigured && error.MayBeContent);
    }

    [Fact]
    public void Existing_and_missing_records_are_known_by_every_code_in_use()
    {
        Assert.Equal(["1005", "1017"], MarketoErrorCatalog.All.Where(error => error.MeansAlreadyExists).Select(error => error.Code));
        Assert.Equal(
            ["610", "702", "1004", "1013", "1015"],
            MarketoErrorCatalog.All.Where(error => error.MeansNotFound).Select(error => error.Code));
    }
}
