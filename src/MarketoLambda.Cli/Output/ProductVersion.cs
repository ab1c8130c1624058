using System.Reflection;

namespace MarketoLambda.Cli.Output;

/// <summary>The version of this program, as <c>--version</c> prints it.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
