using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MarketoLambda.Testing.Simulation;

namespace MarketoLambda.Sync.Tests.Simulation;

/// <summary>
/// Bytes of Marketo's answers are lost, doubled or replaced on the way: whatever the program makes of them, it neither loses a record nor
/// believes it.
/// </summary>
/// <remarks>
/// Only what can be noticed: a text in quotes that became another one, or another number in an answer to a question, is for the
/// connection's encryption to catch.
/// </remarks>
public sealed class MutatedAnswersTests(ITestOutputHelper output)
{
    private const int Usual = 200;
    private const int Many = 10_000;

    [Fact]
    public void However_answers_are_mutated_nothing_is_lost_overtaken_doubled_or_kept_quiet()
    {
        // Given
        var seeds = ManySeeds.Choose(Usual, Many);
        var mutated = 0;

        // When
        var failures = ManySeeds.Collect(seeds, seed =>
        {
            Mutations mutations = new(seed);
            var findings = Tell(mutations);
            Interlocked.Add(ref mutated, mutations.Count);
            return findings;
        });

        // Then
        output.WriteLine($"{mutated} answers were mutated in {seeds.Count} stories");
        Assert.True(mutated > seeds.Count);
        ManySeeds.AssertNone(failures, typeof(MutatedAnswersTests));
    }

    private static IReadOnlyList<string> Tell(Mutations mutations)
    {
        var story = Stories.RejectsWith((_, network) => new MutatingNetwork(mutations, network));
        try
        {
            var world = story.Build();
            var job = world.Jobs[0];
            foreach (var chapter in story.Chapters)
            {
                job.Add(chapter.NewRows);
                world.Time.Advance(chapter.After);
                if (chapter.BringsPerson)
                {
                    world.AddMissingPerson();
                }

                world.Run(job);
                world.Pause();
            }

            mutations.IsOver = true;
            world.SettleForGood(job);
            return world.Judge();
        }
#pragma warning disable CA1031 // whatever the engine lets through is a finding
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return [$"{failure.GetType().Name}: {failure.Message} {failure.StackTrace}"];
        }
    }

    /// <summary>What is done to answers, drawn from a seed.</summary>
    private sealed class Mutations(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly double _probability = 0.02 + (seed % 10 * 0.02);

        public int Count { get; private set; }

        public bool IsOver { get; set; }

        /// <summary>The answer as it arrives.</summary>
        public byte[] Of(byte[] answer, bool isWrite)
        {
            if (IsOver || answer.Length == 0 || _random.NextDouble() >= _probability)
            {
                return answer;
            }

            var mutant = Mutant(answer);
            if (!IsNoticeable(answer, mutant, isWrite))
            {
                return answer;
            }

            Count++;
            return mutant;
        }

        private byte[] Mutant(byte[] answer)
        {
            var at = _random.Next(answer.Length);
            var length = Math.Min(answer.Length - at, _random.Next(1, 12));
            return _random.Next(6) switch
            {
                0 => answer[..at],
                1 => [.. answer[..at], .. answer[(at + length)..]],
                2 => [.. answer[..(at + length)], .. answer[at..]],
                3 => [.. answer[..at], (byte)_random.Next(256), .. answer[(at + 1)..]],
                4 => [.. answer[..at], .. Encoding.UTF8.GetBytes("null"), .. answer[(at + length)..]],
                _ => [.. answer[..at], (byte)_random.Next(32, 127), .. answer[at..]],
            };
        }

        private static bool IsNoticeable(byte[] answer, byte[] mutant, bool isWrite) =>
            Read(mutant) is not { } changed || (isWrite && Shape(Read(answer)) != Shape(changed));

        private static JsonNode? Read(byte[] text)
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (Exception mistake) when (mistake is JsonException or ArgumentException)
            {
                return null;
            }
        }

        /// <summary>All of it but the texts whose meaning nobody but Marketo knows.</summary>
        private static string Shape(JsonNode? node) =>
            node switch
            {
                JsonObject members =>
                    $"{{{string.Join(',', members.Select(member => $"{member.Key}:{(member.Key is "status" or "code" ? member.Value?.ToJsonString() : Shape(member.Value))}"))}}}",
                JsonArray items => $"[{string.Join(',', items.Select(Shape))}]",
                JsonValue value when value.GetValueKind() == JsonValueKind.String => "text",
                _ => node?.ToJsonString() ?? "null",
            };
    }

    private sealed class MutatingNetwork(Mutations mutations, HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isWrite =
                request.Method == HttpMethod.Post
                && !request.RequestUri!.Query.Contains("_method=GET", StringComparison.Ordinal)
                && !request.RequestUri.AbsolutePath.StartsWith("/identity", StringComparison.Ordinal);
            var response = await base.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
            ByteArrayContent content = new(mutations.Of(answer, isWrite));
            content.Headers.ContentType = response.Content.Headers.ContentType ?? new MediaTypeHeaderValue("application/json");
            response.Content = content;
            return response;
        }
    }
}
