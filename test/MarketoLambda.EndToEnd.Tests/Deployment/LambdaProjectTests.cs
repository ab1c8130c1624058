using System.Text.Json;
using System.Xml.Linq;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>The Lambda project as "sam build" sees it.</summary>
/// <remarks>
/// Amazon.Lambda.Tools 7.0.0 asks MSBuild with parameters that MSBuild refuses, and falls back to the bare XML of the project file: the
/// first element of each name counts; conditions, imports and Directory.Build.props do not.
/// </remarks>
public sealed class LambdaProjectTests
{
    private const string Folder = "src/MarketoLambda.Functions";

    private static readonly XDocument Project = XDocument.Parse(Repository.Read($"{Folder}/MarketoLambda.Functions.csproj"));

    [Fact]
    public void Its_framework_is_found() => Assert.Equal("net10.0", First("TargetFramework"));

    [Theory]
    [InlineData("OutputType")]
    [InlineData("PublishAot")]
    [InlineData("SelfContained")]
    public void It_looks_like_a_library_that_is_not_native(string element) => Assert.Null(First(element));

    [Fact]
    public void What_is_native_comes_with_a_file_of_its_own_under_its_condition()
    {
        var import = Assert.Single(Project.Descendants("Import"));
        var native = XDocument.Parse(Repository.Read($"{Folder}/{(string?)import.Attribute("Project")}"));

        Assert.Equal("'$(LambdaNative)' == 'true'", (string?)import.Attribute("Condition"));
        Assert.Equal(
            ("Exe", "true", "true", "bootstrap"),
            (Of(native, "OutputType"), Of(native, "PublishAot"), Of(native, "SelfContained"), Of(native, "AssemblyName")));
        Assert.Equal("SelfContained", (string?)native.Root!.Attribute("TreatAsLocalProperty"));
    }

    [Fact]
    public void The_generators_template_is_a_throw_away_file_in_a_folder_that_is_there()
    {
        using var tools = JsonDocument.Parse(Repository.Read($"{Folder}/aws-lambda-tools-defaults.json"));
        var template = tools.RootElement.GetProperty("template").GetString()!;

        Assert.True(Directory.Exists(Path.GetDirectoryName(Path.Combine(Repository.Root, Folder, template))));
        Assert.Contains(template, Repository.Read(".gitignore").Split('\n'));
        Assert.NotEqual("template.yaml", Path.GetFileName(template));
    }

    [Fact]
    public void Generated_code_may_do_what_ours_may_not()
    {
        var editor = Repository.Read(".editorconfig").Split('\n');
        var section = Array.FindLastIndex(
            editor,
            Array.IndexOf(editor, "dotnet_banned_api_analyzer.exclude_generated_code = true"),
            line => line.StartsWith('['));

        Assert.Equal("[*.cs]", editor[section]);
        Assert.Contains(
            "M:System.Environment.GetEnvironmentVariable(System.String)",
            Repository.Read("BannedSymbols.txt"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_sample_data_ships()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.csv", SearchOption.AllDirectories);

        Assert.DoesNotContain(
            files,
            path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }

    private static string? First(string element) => Of(Project, element);

    private static string? Of(XDocument project, string element) =>
        project.Descendants().FirstOrDefault(one => one.Name.LocalName == element)?.Value;
}
