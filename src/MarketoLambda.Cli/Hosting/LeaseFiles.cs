using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MarketoLambda.Sync.Leases;

namespace MarketoLambda.Cli.Hosting;

/// <summary>
/// Says in a file beside the job file, one for each job, which process of this computer is at work, and when it last sent something.
/// </summary>
/// <remarks>
/// <para>The process holds the file open as long as it lives: the operating system lets go of it at its death, however sudden that is.
/// The number and the start of the process are a second proof. Of both, one that speaks for life is enough.</para>
/// <para>It holds no value of any record. A file that cannot be written is none: then nobody can prove anything, and waits.</para>
/// </remarks>
internal sealed class LeaseFiles(string folder, TimeProvider time) : ILeaseWitness, IDisposable
{
    /// <summary>A process told of its last writes this much too early, at most.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenLease> _open = new(StringComparer.OrdinalIgnoreCase);

    public void Taking(RunRow lease)
    {
        lock (_gate)
        {
            Close(lease.Job);
            if (IsHeld(lease.Job))
            {
                return; // by another process
            }

            try
            {
                var file = File.Open(PathOf(lease.Job), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
                OpenLease open = new(file, Mine(lease.Token));
                _open[lease.Job] = open;
                Write(lease.Job, open);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // There is no place for it
            }
        }
    }

    public void Sending(string job)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(job, out var open) && time.GetElapsedTime(open.Lease.SentTimestamp) is var ago && ago > Precision)
            {
                Write(job, open with { Lease = Mine(open.Lease.Token) });
            }
        }
    }

    public void Ended(RunRow lease)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(lease.Job, out var open) && open.Lease.Token == lease.Token)
            {
                Close(lease.Job);
                Delete(lease.Job);
            }
        }
    }

    public LeaseHolder? Find(RunRow lease)
    {
        if (Read(lease.Job) is not { } kept || kept.Token != lease.Token || kept.Host != Environment.MachineName)
        {
            return null;
        }

        var isRunning = IsRunning(kept);
        return IsHeld(lease.Job) switch
        {
            true when isRunning => new LeaseHolder.Alive(kept.ProcessId),
            false when !isRunning => new LeaseHolder.Dead(kept.ProcessId, QuietFor(kept)),
            _ => null,
        };
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var job in _open.Keys.ToList())
            {
                Close(job);
            }
        }
    }

    private KeptLease Mine(string token) => new(
        Environment.MachineName,
        Environment.ProcessId,
        StartOf(Environment.ProcessId) ?? DateTimeOffset.MinValue,
        token,
        time.GetUtcNow(),
        time.GetTimestamp());

    /// <summary>
    /// In one piece and in place, so that a sudden death leaves the one or the other. What cannot be kept up to date must not stay.
    /// </summary>
    private void Write(string job, OpenLease open)
    {
        try
        {
            RandomAccess.Write(open.File.SafeFileHandle, KeptLease.Encode(open.Lease), fileOffset: 0);
            _open[job] = open;
        }
        catch (IOException)
        {
            Close(job);
            Delete(job);
        }
    }

    private void Close(string job)
    {
        if (_open.Remove(job, out var open))
        {
            open.File.Dispose();
        }
    }

    private void Delete(string job) => File.Delete(PathOf(job));

    private string PathOf(string job) => Path.Combine(folder, $"running-{job.ToLowerInvariant()}.json");

    private KeptLease? Read(string job)
    {
        try
        {
            using var file = File.Open(PathOf(job), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return JsonSerializer.Deserialize(file, LeaseFileJson.Default.KeptLease);
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A process holds the file open, or it cannot be tried. A file that is not there is held by nobody.</summary>
    private bool IsHeld(string job)
    {
        try
        {
            using var file = File.Open(PathOf(job), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure is not FileNotFoundException;
        }
    }

    /// <summary>A process of that number runs, and did not begin at another time.</summary>
    private static bool IsRunning(KeptLease kept) =>
        StartOf(kept.ProcessId) is { } start && (start - kept.ProcessStart).Duration() < TimeSpan.FromMinutes(1);

    /// <summary>When the process of that number began; null where there is none. One that may not be asked is taken for the same.</summary>
    private static DateTimeOffset? StartOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime();
        }
        catch (Exception none) when (none is ArgumentException or InvalidOperationException)
        {
            return null;
        }
        catch (Exception denied) when (denied is Win32Exception or NotSupportedException)
        {
            return DateTimeOffset.MinValue;
        }
    }

    /// <summary>
    /// By the clock that went less: the one on the wall may have been set, and the other stands still while the computer sleeps and begins
    /// anew with it.
    /// </summary>
    private TimeSpan QuietFor(KeptLease kept)
    {
        var since = kept.SentTimestamp <= time.GetTimestamp() ? kept.SentTimestamp : 0;
        var quiet = TimeSpan.FromTicks(Math.Min((time.GetUtcNow() - kept.SentAt).Ticks, time.GetElapsedTime(since).Ticks)) - Precision;
        return quiet > TimeSpan.Zero ? quiet : TimeSpan.Zero;
    }

    private sealed record OpenLease(FileStream File, KeptLease Lease);
}

/// <summary>What the file holds.</summary>
/// <param name="Host">The computer's name.</param>
/// <param name="ProcessId">The number of the process.</param>
/// <param name="ProcessStart">When it began.</param>
/// <param name="Token">Of the run record in Marketo.</param>
/// <param name="SentAt">When the last write was sent, or up to a second before.</param>
/// <param name="SentTimestamp">The same by the clock that nobody sets.</param>
internal sealed record KeptLease(
    string Host,
    int ProcessId,
    DateTimeOffset ProcessStart,
    string Token,
    DateTimeOffset SentAt,
    long SentTimestamp)
{
    /// <summary>All of one length, so that a newer one covers an older one.</summary>
    private const int Length = 1024;

    public static byte[] Encode(KeptLease lease) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(lease, LeaseFileJson.Default.KeptLease).PadRight(Length));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptLease))]
internal sealed partial class LeaseFileJson : JsonSerializerContext;
