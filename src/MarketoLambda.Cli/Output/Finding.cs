using System.Text.Json.Serialization;

namespace MarketoLambda.Cli.Output;

/// <summary>One thing that <c>doctor</c> looked at.</summary>
/// <param name="Subject">What was looked at, in a few words: <c>Login</c>.</param>
/// <param name="Mark">How it is.</param>
/// <param name="Text">What was found, and what to do about it. Holds no secret and nothing of a person.</param>
internal sealed record Finding(string Subject, FindingMark Mark, string Text)
{
    /// <summary>What a command ends with that found nothing worse.</summary>
    [JsonIgnore]
    public int ExitCode { get; init; } = Sync.Failures.ExitCode.Done;
}

/// <summary>How a thing is that <c>doctor</c> looked at.</summary>
internal enum FindingMark
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Runs work, but somebody should look at it.</summary>
    Warning,

    /// <summary>Runs fail until it is corrected.</summary>
    Wrong,

    /// <summary>It cannot be seen from here, or not before something else is corrected.</summary>
    NotSeen,
}
