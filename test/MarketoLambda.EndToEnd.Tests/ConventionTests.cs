using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MarketoLambda.Emulator;
using MarketoLambda.Marketo.Settings;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.Runs;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>House rules as executable prose.</summary>
public sealed class ConventionTests
{
    private static readonly Assembly[] Product =
        [typeof(MarketoOptions).Assembly, typeof(SyncEngine).Assembly, typeof(CsvFolderSource).Assembly, typeof(MarketoEmulator).Assembly];

    [Theory]
    [InlineData("Marketo")]
    [InlineData("Sync", "Marketo")]
    [InlineData("Sources", "Sync")]
    [InlineData("Emulator")]
    [InlineData("Hosting", "Sync")]
    [InlineData("Cli", "Emulator", "Hosting", "Sources")]
    [InlineData("Functions", "Hosting", "Sources")]
    public void Arrows_between_projects_are_those_of_the_map(string project, params string[] references)
    {
        var file = XDocument.Parse(Repository.Read($"src/MarketoLambda.{project}/MarketoLambda.{project}.csproj"));

        var found = file.Descendants("ProjectReference")
            .Select(reference =>
                Path.GetFileNameWithoutExtension((string?)reference.Attribute("Include") ?? "")["MarketoLambda.".Length..]);

        Assert.Equal(references, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everyday_builds_leave_out_what_needs_the_lambda_packages()
    {
        var solution = Repository.Read("MarketoLambda.sln").ReplaceLineEndings("\n");
        var ids = Regex
            .Matches(solution, @"""MarketoLambda\.Functions(?:\.Tests)?"", ""[^""]+"", ""(\{[^}]+\})""")
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.Equal(2, ids.Count);
        Assert.All(ids, id => Assert.DoesNotMatch($@"{Regex.Escape(id)}\.Debug\|[^.]+\.Build\.0", solution));
        Assert.All(ids, id => Assert.Contains($"{id}.Release|Any CPU.Build.0", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void The_emulator_shares_no_type_with_the_client() =>
        Assert.DoesNotContain(
            typeof(MarketoEmulator).Assembly.GetReferencedAssemblies(),
            name => name.Name!.StartsWith("MarketoLambda", StringComparison.Ordinal));

    [Fact]
    public void The_engine_knows_no_http_and_no_web_client()
    {
        string[] forbidden = ["System.Net.Http", "Refit", "System.Net.Requests", "System.Net.Sockets"];

        var references = typeof(SyncEngine).Assembly.GetReferencedAssemblies().Select(name => name.Name).ToList();

        Assert.NotEmpty(references);
        Assert.Empty(references.Intersect(forbidden));
    }

    [Fact]
    public void Only_the_error_table_compares_codes()
    {
        var files = Repository.SourceFiles("src/MarketoLambda.Marketo").Concat(Repository.SourceFiles("src/MarketoLambda.Sync")).ToList();

        var offenders = files
            .Where(path => !Path.GetFileName(path).StartsWith("MarketoErrorCatalog", StringComparison.Ordinal))
            .Where(path => Regex.IsMatch(File.ReadAllText(path), "\"(6|7|10)[0-9]{2,3}\""));

        Assert.True(files.Count > 30);
        Assert.Empty(offenders.Select(Path.GetFileName));
    }

    [Fact]
    public void The_engine_names_no_custom_object_outside_its_target_and_the_tables_it_keeps()
    {
        string[] mayName = ["Targets/CustomObjects/", "State/", "Rejects/", "Leases/", "Setup/", "JobFiles/TargetTypes.cs", "Jobs/SyncJob.cs"];
        var files = Repository
            .SourceFiles("src/MarketoLambda.Sync")
            .Select(path => (Path: path, Place: path.Replace('\\', '/').Split("src/MarketoLambda.Sync/")[^1]))
            .ToList();
        var places = files.ToLookup(file => mayName.Any(place => file.Place.StartsWith(place, StringComparison.Ordinal)));

        var offenders = places[false]
            .Where(file => Regex.IsMatch(File.ReadAllText(file.Path), @"\w*CustomObject\w*"));

        Assert.True(places[true].Count() > 20);
        Assert.True(places[false].Count() > 60);
        Assert.Contains(places[true], file => File.ReadAllText(file.Path).Contains("CustomObjectsClient", StringComparison.Ordinal));
        Assert.Empty(offenders.Select(file => file.Place));
    }

    [Fact]
    public void Asynchronous_methods_say_so_and_take_their_token_last_without_a_default()
    {
        var methods = Product
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type =>
                !type.Name.Contains('<', StringComparison.Ordinal)
                && type.Namespace?.StartsWith("MarketoLambda", StringComparison.Ordinal) == true
                && !typeof(Delegate).IsAssignableFrom(type))
            .SelectMany(type =>
                type.GetMethods(
                    BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.Name.Contains('<', StringComparison.Ordinal) && !method.IsSpecialName && IsTask(method.ReturnType))
            .ToList();

        Assert.True(methods.Count > 40);
        Assert.All(methods, method => Assert.EndsWith("Async", method.Name.Split('.')[^1], StringComparison.Ordinal));
        Assert.All(
            methods.Where(method =>
                Array.Exists(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken))),
            method =>
                Assert.True(
                    method.GetParameters()[^1].ParameterType == typeof(CancellationToken) && !method.GetParameters()[^1].HasDefaultValue,
                    $"{method.DeclaringType}.{method.Name}"));
    }

    [Fact]
    public void Files_stay_small_enough_to_name_one_idea()
    {
        var files = Repository.SourceFiles("src");

        Assert.True(files.Count > 80);
        Assert.Empty(files.Where(path => File.ReadLines(path).Count() > 300).Select(Path.GetFileName));
    }

    [Fact]
    public void Lines_end_at_140_columns_but_for_data_in_tests()
    {
        var product = Repository.SourceFiles("src").SelectMany(WideLines);
        var data = Repository.SourceFiles("test").SelectMany(WideLines).Where(line => !line.Contains('"', StringComparison.Ordinal));

        Assert.Empty(product);
        Assert.True(data.Count() <= 6, $"{data.Count()} lines of tests are wide and hold no literal");

        static IEnumerable<string> WideLines(string path) => File.ReadLines(path).Where(line => line.Length > 140);
    }

    private static bool IsTask(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
