using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Guesses;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Tests.Guesses;

/// <summary>Columns with values, and the job that is guessed from them.</summary>
internal sealed class GuessScenario
{
    private readonly List<(string Name, object?[] Values)> _columns = [];
    private readonly List<RecordField> _fields = [];
    private readonly List<string> _keys = [];

    public string Zone { get; init; } = "UTC";

    public List<string> Questions { get; } = [];

    public GuessScenario Column(string name, params object?[] values)
    {
        _columns.Add((name, values));
        return this;
    }

    public GuessScenario Field(string name, string type, bool isKey = false)
    {
        _fields.Add(new RecordField(name, name, type, type == "string" ? 255 : null, IsUpdateable: true));
        _keys.AddRange(isKey ? [name] : []);
        return this;
    }

    /// <param name="answer">What a person chooses, always the same; null where nobody is asked.</param>
    public async Task<GuessedJob> GuessAsync(int? answer = null)
    {
        GuessedSource source = new([new GuessedSetting("type", "csv")], [.. _columns.Select(column => column.Name)]);
        var sample = await SourceSample.ReadAsync(new Rows(_columns), source.Columns, CancellationToken.None);
        GuessRequest request = new("car_c", source)
        {
            Description = _fields.Count == 0 ? null : new RecordTypeDescription("car_c", "Car", _keys, _fields),
            Zone = TimeZoneInfo.FindSystemTimeZoneById(Zone),
        };
        return new JobGuess(request, sample, new SameAnswer(this, answer)).Find();
    }

    private sealed class SameAnswer(GuessScenario scenario, int? answer) : IGuessAnswers
    {
        public int? Choose(string question, IReadOnlyList<string> answers)
        {
            scenario.Questions.Add(question);
            return answer is { } index && index < answers.Count ? index : null;
        }
    }

    private sealed class Rows(IReadOnlyList<(string Name, object?[] Values)> columns) : ISource, ISourceReader
    {
        private int _row;

        public string Description => "rows";

        public SourceConventions Conventions => SourceConventions.Invariant;

        public Checkpoint Position => Checkpoint.Start;

        public SourceProgress Progress => default;

        public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<ISourceReader>(this);

        public ValueTask<SourceItem?> ReadAsync(CancellationToken cancellationToken)
        {
            var row = _row++;
            return new(row < columns[0].Values.Length
                ? new SourceRecord(SourceLocation.OfLine("a.csv", row + 2), [.. columns.Select(column => column.Values[row])])
                : null);
        }

        public ValueTask DisposeAsync() => default;
    }
}
