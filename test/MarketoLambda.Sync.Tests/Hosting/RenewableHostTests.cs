using MarketoLambda.Marketo.Identity;
using MarketoLambda.Sync.Hosting;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Hosting;

public sealed class RenewableHostTests : IDisposable
{
    private readonly VirtualTime _time = new();
    private readonly WarmInstance _memory = new();
    private readonly RecordedLog _log = new();
    private string? _secret = "first";
    private int _reads;
    private int _wirings;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Secrets_that_stay_are_read_every_five_minutes_and_wired_once()
    {
        // Given
        var renewable = Renewable();

        // When
        var hosts = new List<Host>();
        for (var minute = 0; minute < 20; minute++)
        {
            hosts.Add(await renewable.GetAsync(CancellationToken.None));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        // Then
        Assert.Equal((4, 1), (_reads, _wirings));
        Assert.Single(hosts.Distinct());
    }

    [Fact]
    public async Task A_changed_secret_wires_the_host_anew_and_clears_the_memory()
    {
        // Given
        var renewable = Renewable();
        await renewable.GetAsync(CancellationToken.None);
        ((IAccessTokenCache)_memory).Keep("subscription", new AccessToken("token", _time.GetUtcNow()));

        // When
        _secret = "second";
        _time.Advance(RenewableHost<Host>.Lifetime);
        var host = await renewable.GetAsync(CancellationToken.None);

        // Then
        Assert.Equal(new Host("second"), host);
        Assert.Null(((IAccessTokenCache)_memory).Find("subscription"));
        Assert.Contains(_log.Lines, line => line.Contains("[2120]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_out_of_reach_stay_those_in_use_but_a_start_without_any_fails()
    {
        // Given
        var renewable = Renewable();
        await renewable.GetAsync(CancellationToken.None);

        // When
        _secret = null;
        _time.Advance(RenewableHost<Host>.Lifetime);

        // Then
        Assert.Equal(new Host("first"), await renewable.GetAsync(CancellationToken.None));
        Assert.Contains(_log.Lines, line => line.Contains("[2121]", StringComparison.Ordinal));
        await Assert.ThrowsAsync<IOException>(() => Renewable().GetAsync(CancellationToken.None));
    }

    private RenewableHost<Host> Renewable() => new(
        _ =>
        {
            _reads++;
            return _secret is null
                ? Task.FromException<IReadOnlyDictionary<string, string?>>(new IOException("out of reach"))
                : Task.FromResult<IReadOnlyDictionary<string, string?>>(new Dictionary<string, string?> { ["Secret"] = _secret });
        },
        secrets =>
        {
            _wirings++;
            return new Host(secrets["Secret"]!);
        },
        _memory,
        _time,
        _log.CreateLogger("test"));

    private sealed record Host(string Secret);
}
