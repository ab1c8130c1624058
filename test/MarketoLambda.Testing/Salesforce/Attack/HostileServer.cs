using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MarketoLambda.Testing.Salesforce.Attack;

/// <summary>A <see cref="HostileOrg"/> behind a port of this machine, with the faults that only a socket can have.</summary>
public sealed class HostileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly HostileOrg _org;

    private HostileServer(HostileOrg org) => _org = org;

    /// <summary>Guards the organisation, which is for one thread at a time.</summary>
    public Lock Gate { get; } = new();

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";

    public static HostileServer Start(HostileOrg org)
    {
        HostileServer server = new(org);
        server._listener.Start();
        org.Address = server.Address;
        _ = server.AcceptAsync();
        return server;
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await RequestAsync(stream) is { } request)
                {
                    await SendAsync(client, stream, request);
                }
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                // the process at the other end was killed
            }
        }
    }

    private async Task<(string Head, string Body)?> RequestAsync(NetworkStream stream)
    {
        StringBuilder text = new();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _end.Token);
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var whole = text.ToString();
            var end = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && whole.Length - end - 4 >= Length(whole[..end]))
            {
                return (whole[..end], whole[(end + 4)..]);
            }

            if (read == 0)
            {
                return null;
            }
        }
    }

    private async Task SendAsync(TcpClient client, NetworkStream stream, (string Head, string Body) request)
    {
        var line = request.Head.Split("\r\n")[0].Split(' ');
        HostileAnswer answer;
        lock (Gate)
        {
            answer = _org.Answer(line[0], line[1], Header(request.Head, "Authorization")?.Replace("Bearer ", "", StringComparison.Ordinal),
                request.Body);
        }

        if (answer.Delivery == HostileDelivery.Reset)
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            return;
        }

        var isPacked = answer.Delivery == HostileDelivery.PackedAndCut
            || (answer.Delivery == HostileDelivery.Whole && answer.Body.Length % 2 == 0 && answer.Body.Length > 0);
        var packed = isPacked ? HostileHandler.Packed(answer.Body) : answer.Body;
        var body = answer.Delivery == HostileDelivery.PackedAndCut ? packed[..(packed.Length / 2)] : packed;
        var sent = answer.Delivery == HostileDelivery.Cut ? body[..(body.Length / 2)] : body;
        var headers = string.Concat(answer.Headers.Select(header => $"{header.Key}: {header.Value}\r\n"));
        var encoding = isPacked || answer.Delivery == HostileDelivery.NotPacked ? "Content-Encoding: gzip\r\n" : "";
        var length = answer.Status == 204 ? "" : $"Content-Length: {body.Length}\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {answer.Status} X\r\n{headers}{encoding}{length}Connection: "
            + "close\r\n\r\n"), _end.Token);
        await stream.WriteAsync(sent, _end.Token);
    }

    private static int Length(string head) => int.Parse(Header(head, "Content-Length") ?? "0", CultureInfo.InvariantCulture);

    private static string? Header(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line =>
            line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
