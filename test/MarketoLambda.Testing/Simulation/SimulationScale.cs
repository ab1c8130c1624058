using System.Globalization;

namespace MarketoLambda.Testing.Simulation;

/// <summary>How much to simulate: little in a plain <c>dotnet test</c>, everything on demand.</summary>
public static class SimulationScale
{
    /// <summary>Set to <c>full</c> it makes every schedule and many more random simulations run.</summary>
    public const string SweepVariable = "MARKETOLAMBDA_SWEEP";

    /// <summary>Set to a number it makes only the random simulation of that seed run.</summary>
    public const string SeedVariable = "MARKETOLAMBDA_SEED";

    public static bool IsFull => Read(SweepVariable) == "full";

    public static int? OnlySeed => int.TryParse(Read(SeedVariable), CultureInfo.InvariantCulture, out var seed) ? seed : null;

#pragma warning disable RS0030 // a test's scale is no option of the product, and test runners hand on nothing but the environment
    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable);
#pragma warning restore RS0030
}
