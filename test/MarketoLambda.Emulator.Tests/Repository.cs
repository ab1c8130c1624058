namespace MarketoLambda.Emulator.Tests;

/// <summary>The working copy the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MarketoLambda.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie within the repository");
        }

        return folder.FullName;
    }
}
