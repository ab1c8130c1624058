using System.Text;
using System.Text.Json.Nodes;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;

namespace MarketoLambda.Emulator.Faults;

/// <summary>Turns a true answer into what the client of a faulty call sees.</summary>
internal static class FaultyAnswer
{
    /// <param name="truth">The true answer; null when the call did not take effect.</param>
    public static async Task<EmulatorResponse> CreateAsync(
        Call call,
        Fault fault,
        EmulatorResponse? truth,
        TimeProvider time,
        CancellationToken clientGone)
    {
        if (fault.Answer == FaultAnswer.Hang)
        {
            await time.WaitAsync(fault.Wait ?? Timeout.InfiniteTimeSpan, clientGone);
        }
        else if (fault.Answer == FaultAnswer.Slow)
        {
            await time.WaitAsync(fault.Wait ?? TimeSpan.Zero, CancellationToken.None);
        }

        var known = truth ?? call.Envelope.Empty();
        return fault.Answer switch
        {
            FaultAnswer.Code => call.Envelope.Refused(new Refusal(fault.ResponseCode, fault.Text)),
            FaultAnswer.Http => EmulatorResponse.Plain(fault.HttpStatus, fault.Text),
            FaultAnswer.BrokenConnection or FaultAnswer.Hang => EmulatorResponse.Broken,
            FaultAnswer.Garbage => known with { Body = "\u0000\u001f?? not json at all"u8.ToArray() },
            FaultAnswer.TruncatedJson => known with { Body = known.Body[..(known.Body.Length / 2)] },
            FaultAnswer.EmptyBody => known with { Body = default },
            FaultAnswer.ShortResult when known.ContentType == EmulatorResponse.Json => known with
            {
                Body = Shorten(known.Body, fault.Missing),
            },
            _ => known,
        };
    }

    private static byte[] Shorten(ReadOnlyMemory<byte> body, int missing)
    {
        var envelope = JsonNode.Parse(body.Span);
        if (envelope?["result"] is JsonArray result)
        {
            for (var count = 0; count < missing && result.Count > 0; count++)
            {
                result.RemoveAt(result.Count - 1);
            }
        }

        return Encoding.UTF8.GetBytes(envelope?.ToJsonString() ?? "");
    }
}
