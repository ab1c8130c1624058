using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Sync.Setup;
using MarketoLambda.Sync.State;
using MarketoLambda.Sync.State.Tables;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>Any value of any answer is absent, of another type, absurdly large or deep: the run ends, and somebody is told how.</summary>
/// <remarks>Whether an absurd value can be noticed is another matter: <see cref="MutatedAnswersTests"/>.</remarks>
public sealed class AbsurdAnswersTests(ITestOutputHelper output)
{
    private const int Usual = 500;

    private static readonly string Deep = string.Concat(Enumerable.Repeat('[', 200)) + string.Concat(Enumerable.Repeat(']', 200));

    private static readonly string[] Values =
    [
        "null",
        "[null]",
        "[]",
        "{}",
        "[{}]",
        "\"\"",
        "\"x\\ny\"",
        "true",
        "-1",
        "1e308",
        "99999999999999999999",
        "\"9999-12-31T23:59:59Z\"",
        Deep,
    ];

    [Fact]
    public void Of_a_run_every_answer_may_be_absurd_and_the_run_ends_with_a_trace()
    {
        // Given
        var answers = Answers(network => RunIn(network));

        // When
        var findings = Sweep(answers, RunIn);

        // Then
        Assert.True(answers.Count > 10, $"{answers.Count} answers");
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings.Take(10)));
    }

    [Fact]
    public void Of_a_set_up_every_answer_may_be_absurd_and_it_ends_with_a_sentence()
    {
        // Given
        var answers = Answers(network => SetUpIn(network));

        // When
        var findings = Sweep(answers, SetUpIn);

        // Then
        Assert.True(answers.Count > 5);
        Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings.Take(10)));
    }

    private List<string> Sweep(List<string> answers, Func<Func<HttpMessageHandler, HttpMessageHandler>, IReadOnlyList<string>> story)
    {
        var cases = (
            from answer in Enumerable.Range(0, answers.Count)
            from node in Enumerable.Range(0, CountNodes(answers[answer]))
            from value in Values
            select (Answer: answer, Node: node, Value: value)).ToList();
        var step = SimulationScale.IsFull ? 1 : Math.Max(1, cases.Count / Usual);
        var told = cases.Where((_, index) => index % step == 0).ToList();
        ConcurrentBag<string> findings = [];
        Parallel.ForEach(
            told,
            one =>
            {
                foreach (
                    var finding in story(network => new AbsurdNetwork(network, one.Answer, text => Replaced(text, one.Node, one.Value))))
                {
                    findings.Add(
                        $"answer {one.Answer} ({answers[one.Answer]}), node {one.Node} = {one.Value[..Math.Min(30, one.Value.Length)]}: "
                            + $"{finding}"
                    );
                }
            }
        );
        output.WriteLine($"{told.Count} of {cases.Count} absurd answers");
        return [.. findings.Order(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> RunIn(Func<HttpMessageHandler, HttpMessageHandler> network)
    {
        SimulatedWorld world = new(["product_c"]) { KeepsRejectsInMarketo = true, Saboteur = (_, wire) => network(wire) };
        var job = world.Jobs[0];
        job.Add("a").Add("b", RowKind.RefusedByMarketo).Add("c", RowKind.WrongType).Add("d");
        try
        {
            world.Run(job);

            // Where the state object seems to lack a field, the run's own record tells how it ended.
            var isTold = world
                .Marketo.Records(RunFields.ObjectApiName)
                .Any(row => row["runNumber"] == "1" && row["outcome"] is { Length: > 0 });
            return
            [
                .. world.Findings.Where(finding =>
                    (!isTold && finding.Contains("without a trace", StringComparison.Ordinal))
                    || finding.Contains("the run threw", StringComparison.Ordinal)
                    || finding.Contains("alert", StringComparison.Ordinal)),
            ];
        }
#pragma warning disable CA1031 // whatever the engine lets through is a finding
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return [$"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}"];
        }
    }

    private static IReadOnlyList<string> SetUpIn(Func<HttpMessageHandler, HttpMessageHandler> network)
    {
        SyncScenario scenario = new() { Network = network };
        try
        {
            scenario.Use(async services =>
            {
                await services.GetRequiredService<StateSetup>().EnsureObjectAsync(StateFields.Definition, CancellationToken.None);
                await services.GetRequiredService<MarketoLambda.Marketo.Usage.UsageClient>().TodayAsync(CancellationToken.None);
            });
            return [];
        }
        catch (Exception failure) when (failure is MarketoException or StateException)
        {
            return [];
        }
#pragma warning disable CA1031 // whatever else comes through is a finding
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return [$"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}"];
        }
    }

    /// <summary>The answers of a telling in which all goes well.</summary>
    private static List<string> Answers(Action<Func<HttpMessageHandler, HttpMessageHandler>> story)
    {
        List<string> answers = [];
        story(network => new AbsurdNetwork(network, -1, text => text) { Heard = answers.Add });
        return answers;
    }

    private static int CountNodes(string answer)
    {
        using var parsed = JsonDocument.Parse(answer);
        return Count(parsed.RootElement);

        static int Count(JsonElement element) => 1 + element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Sum(member => Count(member.Value)),
            JsonValueKind.Array => element.EnumerateArray().Sum(Count),
            _ => 0,
        };
    }

    private static string Replaced(string answer, int node, string value)
    {
        try
        {
            using var parsed = JsonDocument.Parse(answer);
            StringBuilder text = new();
            var number = 0;
            Write(parsed.RootElement);
            return text.ToString();

            void Write(JsonElement element)
            {
                if (number++ == node)
                {
                    text.Append(value);
                    return;
                }

                switch (element.ValueKind)
                {
                    case JsonValueKind.Object:
                        Join(
                            '{',
                            element.EnumerateObject(),
                            member => (text.Append(JsonSerializer.Serialize(member.Name)).Append(':'), member.Value).Value,
                            '}');
                        break;
                    case JsonValueKind.Array:
                        Join('[', element.EnumerateArray(), item => item, ']');
                        break;
                    default:
                        text.Append(element.GetRawText());
                        break;
                }
            }

            void Join<T>(char open, IEnumerable<T> items, Func<T, JsonElement> value, char close)
            {
                text.Append(open);
                var isFirst = true;
                foreach (var item in items)
                {
                    if (!isFirst)
                    {
                        text.Append(',');
                    }

                    isFirst = false;
                    Write(value(item));
                }

                text.Append(close);
            }
        }
        catch (JsonException)
        {
            return answer;
        }
    }

    private sealed class AbsurdNetwork(HttpMessageHandler network, int which, Func<string, string> absurd) : DelegatingHandler(network)
    {
        private int _answers;

        public Action<string>? Heard { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
            Heard?.Invoke(text);
            StringContent content = new(_answers++ == which ? absurd(text) : text, Encoding.UTF8);
            content.Headers.ContentType = response.Content.Headers.ContentType ?? new MediaTypeHeaderValue("application/json");
            response.Content = content;
            return response;
        }
    }
}
