using System.Text;

namespace MarketoLambda.Functions.Tests.Support;

/// <summary>The event files for <c>sam local invoke</c>, through the serializer the functions use.</summary>
internal static class Events
{
    public static T Read<T>(string name)
    {
        using MemoryStream json = new(Encoding.UTF8.GetBytes(Repository.Read($"test/events/{name}")));
        return new LambdaJson().Deserialize<T>(json);
    }

    public static string Write<T>(T response)
    {
        using MemoryStream json = new();
        new LambdaJson().Serialize(response, json);
        return Encoding.UTF8.GetString(json.ToArray());
    }
}
