using MarketoLambda.Functions.Tests.Support;

namespace MarketoLambda.Functions.Tests;

/// <summary>The native executable in front of an emulated runtime; skipped where .ci/run has published none.</summary>
public sealed class NativeTests
{
    [Theory]
    [InlineData("RunAsync")]
    [InlineData("AnswerAsync")]
    public async Task A_start_that_fails_is_told_to_the_runtime(string handler)
    {
        using var program = NativeProgramUnderTest.Start(handler, Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json"));

        var (path, told) = await program.FirstPostAsync();

        Assert.Equal("/2018-06-01/runtime/init/error", path);
        Assert.Contains("There is no job file", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_culture_is_refused_because_the_native_build_has_none()
    {
        var jobs = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(
            jobs,
            """{ "jobs": { "product_c": { "source": { "type": "csv", "folder": "/tmp", "culture": "de-DE" }, "key": "sku", "fields": { "sku": "Sku" } } } }"""
        );
        try
        {
            using var program = NativeProgramUnderTest.Start("RunAsync", jobs);

            var (path, told) = await program.FirstPostAsync();

            Assert.Equal("/2018-06-01/runtime/init/error", path);
            Assert.Contains("the native build has none but invariant", told, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(jobs);
        }
    }
}
