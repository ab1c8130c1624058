using System.Diagnostics;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>AWS's own tools on template.yaml; skipped where the machine has none.</summary>
public sealed class LinterTests
{
    // The translator wants code in S3, and the managed policies of an account; this template uses none.
    private const string Translate = """
        import sys
        from samtranslator.yaml_helper import yaml_parse
        from samtranslator.parser.parser import Parser
        from samtranslator.translator.translator import Translator
        template = yaml_parse(open(sys.argv[1]).read())
        template["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
        resources = Translator({}, Parser()).translate(template, {})["Resources"]
        print(len([r for r in resources.values() if r["Type"] == "AWS::Lambda::Function"]), "functions")
        """;

    [Fact]
    public async Task It_passes_cfn_lint()
    {
        var (exitCode, output) = await RunAsync("cfn-lint", "-t", "template.yaml");

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task It_passes_the_sam_translator()
    {
        var (isThere, _) = await RunAsync("python3", "-c", "import samtranslator");
        Assert.SkipWhen(isThere != 0, "The SAM translator is not on this machine: pip install aws-sam-translator");

        var (exitCode, output) = await RunAsync("python3", "-c", Translate, "template.yaml");

        Assert.True(exitCode == 0, output);
        Assert.Contains("2 functions", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_DEFAULT_REGION"] = "eu-central-1";
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not on this machine.");
        }

        using (process)
        {
            var (output, error) = (process!.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await error);
        }
    }
}
