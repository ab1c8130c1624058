using Amazon.Lambda.Core;

namespace MarketoLambda.Functions.Hosting;

/// <summary>
/// What an invocation may use of its time: Lambda ends it without a word, so it ends itself a little earlier and says so.
/// </summary>
internal static class TimeLeft
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public static TimeSpan For(ILambdaContext context) => context.RemainingTime > Margin ? context.RemainingTime - Margin : TimeSpan.Zero;

    /// <summary>Aborts what overstays.</summary>
    public static CancellationTokenSource CreateAbort(ILambdaContext context, TimeProvider time) => new(For(context), time);
}
