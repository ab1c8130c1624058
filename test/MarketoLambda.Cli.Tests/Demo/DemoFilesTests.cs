using MarketoLambda.Cli.Demo;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.JobFiles;

namespace MarketoLambda.Cli.Tests.Demo;

public sealed class DemoFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketo-lambda-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_sample_files_have_the_quirks_the_demo_speaks_of()
    {
        // Given
        DemoFiles files = new(_folder.FullName, new DateOnly(2026, 11, 23));

        // When
        files.WriteFirst();

        // Then
        var contents = Directory.GetFiles(files.Drop).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        Assert.Equal(3, contents.Count);
        Assert.Equal([0xEF, 0xBB, 0xBF], contents[0][..3]);
        Assert.Equal([0x1F, 0x8B], contents[1][..2]);
        Assert.Equal("Region,"u8.ToArray(), contents[2][..7]);
    }

    [Fact]
    public void The_sample_job_file_is_good_to_start_from()
    {
        // Given
        DemoFiles files = new(_folder.FullName, new DateOnly(2026, 11, 23));
        files.WriteFirst();

        // When
        var job = Assert.Single(JobFile.Parse(File.ReadAllText(files.Jobs), files.Jobs, [new CsvSourceType(TimeProvider.System)]));

        // Then
        Assert.Equal(DemoObject.ApiName, job.Name);
        Assert.Equal(9, job.Fields.Count);
    }
}
