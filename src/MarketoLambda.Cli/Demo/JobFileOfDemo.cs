namespace MarketoLambda.Cli.Demo;

/// <summary>The job files of the demos, which are part of the program.</summary>
internal static class JobFileOfDemo
{
    /// <param name="name">Of the embedded file.</param>
    /// <param name="path">Where to.</param>
    public static void Write(string name, string path)
    {
        using var jobs =
            typeof(JobFileOfDemo).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The demo's job file {name} is not embedded.");
        using var file = File.Create(path);
        jobs.CopyTo(file);
    }
}
