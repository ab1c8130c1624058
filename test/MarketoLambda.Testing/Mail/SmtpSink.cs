using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MarketoLambda.Testing.Mail;

/// <summary>
/// A mail server on a port of this machine that keeps what it is given. Written from RFC 5321, 3207 and 4954; knows nothing of the
/// program's mail library.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<SinkMail> _mails = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public SmtpSink()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What was taken, in order.</summary>
    public IReadOnlyList<SinkMail> Mails => [.. _mails];

    /// <summary>Offers STARTTLS with it.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Offers a login; this password is the right one.</summary>
    public string? Password { get; set; }

    /// <summary>Takes connections and says nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Answers a command, or "." at the end of a mail, in its place; null lets it do what it says.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        if (_serving.IsCompleted)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                sessions.Add(TalkAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                if (IsSilent)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                }

                using SmtpSession session = new(this, client.GetStream(), _mails.Enqueue);
                await session.RunAsync(_stop.Token);
            }
            catch (Exception end)
                when (end is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client has gone, or the test is over.
            }
        }
    }

    /// <summary>One conversation.</summary>
    private sealed class SmtpSession(SmtpSink sink, Stream stream, Action<SinkMail> keep) : IDisposable
    {
        private readonly List<string> _recipients = [];
        private Stream _stream = stream;
        private StreamReader _reader = new(stream, Encoding.UTF8);
        private string _sender = "";
        private string? _login;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            await SayAsync("220 sink ESMTP");
            while (await _reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (sink.Answer(line) is { } answer)
                {
                    await SayAsync(answer);
                    continue;
                }

                switch (line.Split(' ')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await SayAsync(Greeting());
                        break;
                    case "STARTTLS":
                        await SayAsync("220 go ahead");
                        SslStream encrypted = new(_stream);
                        await encrypted.AuthenticateAsServerAsync(
                            new SslServerAuthenticationOptions { ServerCertificate = sink.Certificate },
                            cancellationToken);
                        _stream = encrypted;
                        _reader = new StreamReader(encrypted, Encoding.UTF8);
                        break;
                    case "AUTH":
                        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\0');
                        _login = parts[1];
                        await SayAsync(parts[2] == sink.Password ? "235 welcome" : $"535 wrong password {parts[2]}");
                        break;
                    case "MAIL":
                        _sender = Address(line);
                        await SayAsync("250 ok");
                        break;
                    case "RCPT":
                        _recipients.Add(Address(line));
                        await SayAsync("250 ok");
                        break;
                    case "DATA":
                        await SayAsync("354 end with a dot");
                        await TakeAsync(cancellationToken);
                        break;
                    case "QUIT":
                        await SayAsync("221 bye");
                        return;
                    default:
                        await SayAsync("250 ok");
                        break;
                }
            }
        }

        public void Dispose() => _reader.Dispose();

        private string Greeting()
        {
            List<string> offers = ["sink"];
            if (sink.Certificate is not null && _stream is not SslStream)
            {
                offers.Add("STARTTLS");
            }

            if (sink.Password is not null)
            {
                offers.Add("AUTH PLAIN");
            }

            return string.Join("\r\n", offers.Select((offer, index) => $"250{(index == offers.Count - 1 ? ' ' : '-')}{offer}"));
        }

        private async Task TakeAsync(CancellationToken cancellationToken)
        {
            StringBuilder text = new();
            while (await _reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
            {
                text.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
            }

            if (sink.Answer(".") is { } refusal)
            {
                await SayAsync(refusal);
                return;
            }

            keep(new SinkMail(_sender, [.. _recipients], text.ToString(), _login, _stream is SslStream));
            _recipients.Clear();
            await SayAsync("250 taken");
        }

        private async Task SayAsync(string reply)
        {
            await _stream.WriteAsync(Encoding.ASCII.GetBytes($"{reply}\r\n"));
            await _stream.FlushAsync();
        }

        private static string Address(string line) =>
            line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
    }
}

/// <summary>A mail that was taken.</summary>
/// <param name="Sender">Of the envelope.</param>
/// <param name="Recipients">Of the envelope.</param>
/// <param name="Text">Headers and body as they came.</param>
/// <param name="Login">Who handed it in; null for anyone.</param>
/// <param name="IsEncrypted">It came through TLS.</param>
public sealed record SinkMail(string Sender, IReadOnlyList<string> Recipients, string Text, string? Login, bool IsEncrypted);
