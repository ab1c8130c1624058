using MarketoLambda.Hosting.Webhooks;

namespace MarketoLambda.Hosting.Tests.Webhooks;

public sealed class WebhookOptionsTests
{
    [Theory]
    [InlineData("0123456789abcdef", "", null)]
    [InlineData("0123456789abcdef", "fedcba9876543210", null)]
    [InlineData("", "", "Webhook__Secret")]
    [InlineData("0123456789abcde", "", "Webhook__Secret")]
    [InlineData("0123456789 abcdef", "", "Webhook__Secret")]
    [InlineData("0123456789äbcdef", "", "Webhook__Secret")]
    [InlineData("0123456789abcdef", "short-one", "Webhook__PreviousSecret")]
    public void Mistakes_are_named_without_their_values(string secret, string previous, string? named)
    {
        var result = new WebhookOptionsValidator().Validate(null, new WebhookOptions { Secret = secret, PreviousSecret = previous });

        Assert.Equal(named is not null, result.Failed);
        Assert.StartsWith(named ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("short-one", result.FailureMessage ?? "", StringComparison.Ordinal);
    }
}
