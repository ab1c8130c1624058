using System.Net;
using System.Text;
using System.Text.Json;

namespace MarketoLambda.Sync.Tests.Runs;

/// <summary>A Marketo that refuses every call holding one of some keys, whatever else is in it.</summary>
internal sealed class PoisonedMarketo(
    string answer,
    Func<string, bool> isPoison,
    HttpMessageHandler marketo,
    List<IReadOnlyList<string>> calls) : DelegatingHandler(marketo)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null || !request.RequestUri!.AbsolutePath.EndsWith("/product_c.json", StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        using var body = JsonDocument.Parse(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        List<string> keys =
        [
            .. body.RootElement.GetProperty("input").EnumerateArray().Select(record => record.GetProperty("sku").GetString()!),
        ];
        calls.Add(keys);
        return !keys.Exists(key => isPoison(key)) ? await base.SendAsync(request, cancellationToken)
            : answer.StartsWith("HTTP ", StringComparison.Ordinal)
                ? new HttpResponseMessage((HttpStatusCode)int.Parse(answer.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture))
                {
                    RequestMessage = request,
                    Content = new StringContent("<html/>"),
                }
            : new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new StringContent(
                    $$"""{"requestId":"1#2","success":false,"errors":[{"code":"{{answer}}","message":"words that may quote jane.doe"}]}""",
                    Encoding.UTF8,
                    "application/json"),
            };
    }
}
