using System.Text.Json;

namespace MarketoLambda.Emulator.Tests.Contract;

/// <summary>Adobe's OpenAPI files, where the working copy has them beside the repository.</summary>
internal sealed class OpenApi
{
    private const string Folder = "shared/marketo/openapi";

    private OpenApi(JsonElement marketo, JsonElement identity)
    {
        (Marketo, Identity) = (marketo, identity);
    }

    public JsonElement Marketo { get; }

    public JsonElement Identity { get; }

    /// <summary>Skips the test where the files are not at hand.</summary>
    public static OpenApi FindOrSkip()
    {
        var folder = Path.Combine(Repository.Root, "..", Folder);
        Assert.SkipUnless(Directory.Exists(folder), $"Adobe's OpenAPI files are not at hand: put them in {Folder} beside the repository");
        return new OpenApi(Read(folder, "swagger-mapi.json"), Read(folder, "swagger-identity.json"));
    }

    private static JsonElement Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file)).AsJson();
}
