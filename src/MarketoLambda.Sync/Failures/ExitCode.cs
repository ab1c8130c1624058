namespace MarketoLambda.Sync.Failures;

/// <summary>What the program tells a script. Listed in the README.</summary>
public static class ExitCode
{
    /// <summary>Done, or nothing new.</summary>
    public const int Done = 0;

    /// <summary>A run failed; Marketo's state record says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a setting, the job file, the credentials or the set-up is wrong; nothing was started.</summary>
    public const int WrongInput = 2;

    /// <summary>A run failed and Marketo could not be told.</summary>
    public const int MarketoUnreachable = 3;

    /// <summary>A run stopped early by design (Ctrl-C, time limit, daily quota) or met another at work; the next one goes on.</summary>
    public const int MoreToDo = 4;

    /// <summary>Aborted by a second Ctrl-C; the last checkpoint stands.</summary>
    public const int Aborted = 130;

    /// <summary>What <c>--json</c> calls it.</summary>
    public static string NameOf(int exitCode) => exitCode switch
    {
        Done => nameof(Done),
        Failed => nameof(Failed),
        WrongInput => nameof(WrongInput),
        MarketoUnreachable => nameof(MarketoUnreachable),
        MoreToDo => nameof(MoreToDo),
        _ => nameof(Aborted),
    };
}
