using MarketoLambda.Emulator.Companies;
using MarketoLambda.Emulator.Standard;

namespace MarketoLambda.Emulator;

/// <summary>The objects that every subscription has: the one place that names them.</summary>
internal static class StandardObjects
{
    public static IReadOnlyList<StandardObject> All { get; } =
    [
        Company.Object,
    ];
}
