using Amazon.Lambda.Core;
using Moq;

namespace MarketoLambda.Functions.Tests.Support;

/// <summary>The context Lambda passes along.</summary>
internal static class Invocation
{
    public const string RequestId = "the-invocation";

    public static ILambdaContext Context(TimeSpan? remaining = null)
    {
        Mock<ILambdaContext> context = new(MockBehavior.Strict);
        context.Setup(one => one.RemainingTime).Returns(remaining ?? TimeSpan.FromSeconds(900));
        context.Setup(one => one.AwsRequestId).Returns(RequestId);
        return context.Object;
    }
}
