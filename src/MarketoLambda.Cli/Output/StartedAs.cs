using System.Text.RegularExpressions;

namespace MarketoLambda.Cli.Output;

/// <summary>What the program is called where it was started, so that a command in a message can be typed as it stands.</summary>
internal static partial class StartedAs
{
    /// <summary>The program's own name, which all messages use.</summary>
    public const string Name = "marketo-lambda";

    /// <summary>Environment variable by which a script or container that starts the program says what to type instead.</summary>
    public const string Variable = "MARKETO_LAMBDA_COMMAND";

    /// <summary>What to type before the name of a command.</summary>
    public static string Command { get; } =
        Read(Variable) is { Length: > 0 } given
            ? given
            : Find(Environment.ProcessPath ?? "", Environment.GetCommandLineArgs()[0], Environment.CurrentDirectory);

    /// <summary>The text, with every command in it as it is typed here.</summary>
    public static string In(string text) => In(text, Command);

    /// <inheritdoc cref="In(string)"/>
    internal static string In(string text, string command) => Commands().Replace(text, command);

    /// <summary>What to type for a program that was started so.</summary>
    /// <param name="process">Path of the process: the program, or <c>dotnet</c>.</param>
    /// <param name="program">Path of the program's file.</param>
    /// <param name="folder">The current folder.</param>
    internal static string Find(string process, string program, string folder)
    {
        if (Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            return program.Replace('\\', '/').Contains("/.nuget/packages/", StringComparison.Ordinal)
                ? $"dotnet {Name}" // a tool that a folder's manifest names
                : $"dotnet {Typed(program, folder)}";
        }

        if (ProjectOf(process) is { } project)
        {
            return $"dotnet run --project {Typed(project, folder)} --";
        }

        var isOnPath = (Read("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(entry => entry.Length > 0 && Path.TrimEndingDirectorySeparator(entry) == Path.GetDirectoryName(process));
        return isOnPath || process.Length == 0 ? Name : Typed(process, folder);
    }

    /// <summary>The project of a program that lies where builds put it, <c>bin/Debug/net10.0</c>; null for any other.</summary>
    private static string? ProjectOf(string process)
    {
        var bin = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(process)));
        return Path.GetFileName(bin) == "bin"
            && Path.GetDirectoryName(bin) is { } project
            && Directory.Exists(project)
            && Directory.EnumerateFiles(project, "*.csproj").Any()
            ? project
            : null;
    }

    /// <summary>The shorter of the two ways to write a path.</summary>
    private static string Typed(string path, string folder)
    {
        var near = Path.GetRelativePath(folder, path);
        var typed = near.Length < path.Length ? near : path;
        typed = Path.GetFileName(typed) == typed && Path.HasExtension(typed) is false ? Path.Combine(".", typed) : typed;
        return typed.Contains(' ', StringComparison.Ordinal) ? $"\"{typed}\"" : typed;
    }

#pragma warning disable RS0030 // what the program is called is asked before any settings are read, and where they cannot be
    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable);
#pragma warning restore RS0030

    // A file or bucket may have the name too: only where a command follows it is one.
    [GeneratedRegex(@"(?<![\w/.\\-])marketo-lambda(?= (backfill|demo|emulate|files|history|init|jobs|rejects|reset|run|status)\b)")]
    private static partial Regex Commands();
}
