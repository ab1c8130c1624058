namespace MarketoLambda.Sync.Tests.ClaimModel;

/// <summary>Which explorations run: those of seconds in a plain <c>dotnet test</c>, all of them on demand.</summary>
internal static class ClaimModelScale
{
    /// <summary>Set to <c>large</c> it explores the large scopes too.</summary>
    public const string Variable = "CLAIMS_MODEL";

#pragma warning disable RS0030 // a test's scale is no option of the product, and test runners hand on nothing but the environment
    public static bool IsLarge { get; } = Environment.GetEnvironmentVariable(Variable) == "large";
#pragma warning restore RS0030
}
