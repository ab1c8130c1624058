namespace MarketoLambda.Sync.Settings;

/// <summary>Every mistake found in a job file, in the order of its lines.</summary>
internal sealed class JobProblems(string folder)
{
    private readonly List<JobProblem> _problems = [];

    public string Folder { get; } = folder;

    /// <summary>Each once, also where the job and its source both read a setting.</summary>
    public IReadOnlyList<JobProblem> InOrder => [.. _problems.Distinct().OrderBy(problem => problem.Line)];

    public JobProblem Add(int line, string message, int? column = null)
    {
        JobProblem problem = new(line, message) { Column = column };
        _problems.Add(problem);
        return problem;
    }

    public void Remove(JobProblem problem) => _problems.RemoveAll(other => ReferenceEquals(other, problem));
}

/// <summary>One mistake in a job file.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record JobProblem(int Line, string Message)
{
    /// <summary>Column in the line, from 1; null where the line says enough.</summary>
    public int? Column { get; init; }

    /// <summary>Where it stands: <c>line 3, column 5</c>.</summary>
    public string Place => Column is { } column ? $"line {Line}, column {column}" : $"line {Line}";
}

/// <summary>The job file cannot be used; nothing was started.</summary>
public sealed class JobFileException(string fileName, IReadOnlyList<JobProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems.Select(problem => $"{fileName} {problem.Place}: {problem.Message}.")))
{
    /// <summary>All mistakes, in the order of the file.</summary>
    public IReadOnlyList<JobProblem> Problems { get; } = problems;
}
