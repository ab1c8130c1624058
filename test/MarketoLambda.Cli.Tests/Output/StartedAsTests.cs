using MarketoLambda.Cli.Output;

namespace MarketoLambda.Cli.Tests.Output;

public sealed class StartedAsTests
{
    [Theory]
    [InlineData("Run \"marketo-lambda init\" once", "Run \"./m init\" once")]
    [InlineData("type marketo-lambda rejects list JOB, or marketo-lambda run", "type ./m rejects list JOB, or ./m run")]
    [InlineData("s3://marketo-lambda/jobs.json", "s3://marketo-lambda/jobs.json")]
    [InlineData("the bucket marketo-lambda is empty", "the bucket marketo-lambda is empty")]
    public void Commands_are_replaced_and_names_are_not(string text, string shown) =>
        Assert.Equal(shown, StartedAs.In(text, command: "./m"));

    [Theory]
    [InlineData("/usr/bin/dotnet", "/home/me/.nuget/packages/marketo-lambda/1.0.0/tools/marketo-lambda.dll", "dotnet marketo-lambda")]
    [InlineData("/usr/bin/dotnet", "/opt/m/marketo-lambda.dll", "dotnet /opt/m/marketo-lambda.dll")]
    [InlineData("/home/me/work/marketo-lambda", "/home/me/work/marketo-lambda.dll", "./marketo-lambda")]
    [InlineData("/home/me/work/my tools/marketo-lambda", "", "\"my tools/marketo-lambda\"")]
    public void The_program_is_called_as_it_was_started(string process, string program, string typed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Paths are those of Unix.");

        Assert.Equal(typed, StartedAs.Find(process, program, folder: "/home/me/work"));
    }

    [Fact]
    public void A_program_where_builds_put_it_is_run_by_its_project()
    {
        // Given
        var project = Directory.CreateTempSubdirectory("marketo-lambda-project-");
        File.WriteAllText(Path.Combine(project.FullName, "Cli.csproj"), "");
        var process = Path.Combine(project.FullName, "bin", "Debug", "net10.0", "marketo-lambda");

        // When
        var typed = StartedAs.Find(process, process + ".dll", folder: project.Parent?.FullName ?? "");
        project.Delete(recursive: true);

        // Then
        Assert.Equal($"dotnet run --project {Path.Combine(".", project.Name)} --", typed);
    }
}
