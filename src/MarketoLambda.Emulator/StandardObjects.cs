using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Companies;
using MarketoLambda.Emulator.Leads;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator;

/// <summary>The objects that every subscription has: the one place that names them.</summary>
internal static class StandardObjects
{
    public static IReadOnlyList<StandardObject> All { get; } =
    [
        Company.Object,
        Lead.Object,
    ];

    /// <summary>The calls of those with an interface of their own.</summary>
    public static IReadOnlyList<Operation> Operations { get; } = [.. LeadOperations.All];
}
