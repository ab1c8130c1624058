namespace MarketoLambda.Sync.Jobs;

/// <summary>Every mistake found in a job file, in the order of its lines.</summary>
internal sealed class JobProblems(string folder)
{
    private readonly List<JobProblem> _problems = [];

    public string Folder { get; } = folder;

    public IReadOnlyList<JobProblem> InOrder => [.. _problems.OrderBy(problem => problem.Line)];

    public void Add(int line, string message) => _problems.Add(new JobProblem(line, message));
}

/// <summary>One mistake in a job file.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record JobProblem(int Line, string Message);

/// <summary>The job file cannot be used; nothing was started.</summary>
public sealed class JobFileException(string fileName, IReadOnlyList<JobProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems.Select(problem => $"{fileName} line {problem.Line}: {problem.Message}.")))
{
    /// <summary>All mistakes, in the order of the file.</summary>
    public IReadOnlyList<JobProblem> Problems { get; } = problems;
}
