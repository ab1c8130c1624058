namespace MarketoLambda.Sources.Files;

/// <summary>What a row of a file may hold.</summary>
internal static class FileLimits
{
    /// <summary>Most characters of a value that is imported; rows with a longer one are rejected.</summary>
    public const int MaxValueCharacters = 32 * 1024;

    /// <summary>What is said of a row with a longer one.</summary>
    public static string TooLong(string column, int characters) =>
        $"\"{column}\" has {characters} characters, and at most {MaxValueCharacters} are read";
}
