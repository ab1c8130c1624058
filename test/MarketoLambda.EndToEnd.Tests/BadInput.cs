using System.IO.Compression;
using System.Text;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>
/// What bad input gets: one clear sentence that names the thing and the remedy, an exit code other than 0, nothing half-done.
/// </summary>
internal static class BadInput
{
    public const string GoodJobs =
        """{ "jobs": { "implementedProductV1_c": { "source": { "type": "csv", "folder": "drop", "settleSeconds": 0 }, "key": "serialNumber", "fields": { "serialNumber": "Serial Number", "quantity": "Quantity" } } } }""";

    /// <summary>Nothing is started.</summary>
    public static async Task RefusedAsync(Action<LocalHost> spoil, int exitCode, string[] arguments, params string[] told)
    {
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 10);
        spoil(local);
        var result = await local.RunAsync(arguments);
        Check(result, exitCode, told);
        Assert.Equal(0, local.Marketo.Count(LocalHost.ApiName));
    }

    /// <summary>
    /// The run fails, the file before the bad one stands, Marketo's record tells, and once the input is mended nothing is missing.
    /// </summary>
    public static async Task FailedAsync(Action<LocalHost> spoil, params string[] told)
    {
        await using var local = await (await LocalHost.OpenAsync()).InitializedAsync();
        local.DropRows("a.csv", 10);
        spoil(local);
        await local.RunAsync("init"); // also for jobs that the spoiler has named otherwise
        var result = await local.RunAsync("run", "--all");
        Check(result, 1, told);

        local.WriteJobs(GoodJobs);
        foreach (var bad in Directory.GetFiles(Path.Combine(local.Folder, "drop"), "b.*"))
        {
            File.Delete(bad);
        }

        local.DropRows("b.csv", 10, first: 10);
        var mended = await local.RunAsync("run", "--all");
        Assert.Equal(0, mended.ExitCode);
        Assert.Equal(20, local.Marketo.Count(LocalHost.ApiName));
    }

    public static void Check(CliResult result, int exitCode, string[] told)
    {
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.All(told, words => Assert.Contains(words, result.Error, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("the-secret", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at MarketoLambda", result.Error, StringComparison.Ordinal);
    }

    public static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
