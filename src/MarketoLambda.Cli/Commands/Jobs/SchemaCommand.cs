using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MarketoLambda.Sources;
using MarketoLambda.Sync.Failures;
using MarketoLambda.Sync.JobFiles;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Cli.Commands.Jobs;

/// <summary><c>jobs schema</c>: the JSON Schema of the job file, for editors.</summary>
internal static class SchemaCommand
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        Command command = new(
            "schema",
            "Print the JSON Schema of the job file on stdout. Editors that know it complete and explain settings.");
        command.SetAction(_ => Print(JobSchema.Create(SourceTypes.All(new ConfigurationBuilder().Build(), TimeProvider.System))));
        return command;
    }

    private static int Print(JsonObject schema)
    {
        using var stdout = Console.OpenStandardOutput();
        using (Utf8JsonWriter json = new(stdout, Readable))
        {
            schema.WriteTo(json);
        }

        stdout.WriteByte((byte)'\n');
        return ExitCode.Done;
    }
}
