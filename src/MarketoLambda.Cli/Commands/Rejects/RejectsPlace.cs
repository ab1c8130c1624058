using MarketoLambda.Cli.Hosting;
using MarketoLambda.Sync.Rejects;

namespace MarketoLambda.Cli.Commands.Rejects;

/// <summary>Where the rejects of a workstation are.</summary>
internal static class RejectsPlace
{
    /// <exception cref="WrongInputException">They are elsewhere, and the program only writes there.</exception>
    public static void ThrowUnlessInMarketo(LocalHost local, string job)
    {
        if (local.Get<RejectPolicy>() is { IsInMarketo: false } store)
        {
            throw new WrongInputException(
                $"The settings keep rejected records in {store.Describe(job)}: read them there, and drop corrected ones into the source. "
                    + "Without Sync__RejectsFolder they are kept in Marketo, where they can be listed and tried again."
            );
        }
    }
}
