using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MarketoLambda.Benchmarks;

/// <summary>
/// The least anyone could do: ready-made bodies of 300 records posted through the same HTTP stack, answers read and thrown away.
/// </summary>
internal static class BareProcess
{
    private const int InFlight = 10;

    public static async Task<int> PostAsync(Uri address, int rows)
    {
        using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = InFlight }) { BaseAddress = address };
        var token = JsonNode.Parse(
            await http.GetStringAsync(
                $"/identity/oauth/token?grant_type=client_credentials&client_id={Emulator.Identity.CustomService.DefaultClientId}&client_secret={Emulator.Identity.CustomService.DefaultClientSecret}"
            ));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)token?["access_token"]);
        var bodies = Enumerable
            .Range(0, (rows + 299) / 300)
            .Select(batch => BenchmarkFile.Body(batch * 300, Math.Min(300, rows - (batch * 300))))
            .ToList();

        var measured = Measurement.Start();
        await Parallel.ForEachAsync(
            bodies,
            new ParallelOptions { MaxDegreeOfParallelism = InFlight },
            async (body, cancellationToken) =>
            {
                using ByteArrayContent content = new(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var response = await http.PostAsync(
                    new Uri($"/rest/v1/customobjects/{BenchmarkFile.ApiName}.json", UriKind.Relative),
                    content,
                    cancellationToken);
                await response.Content.ReadAsByteArrayAsync(cancellationToken);
            }
        );
        Console.Out.WriteLine(measured.Stop(rows, TimeSpan.Zero));
        return 0;
    }
}
