namespace MarketoLambda.Marketo.Errors;

/// <summary>Reads what may not be there.</summary>
internal static class Absent
{
    /// <summary>What is read; null where Marketo says that it does not exist.</summary>
    public static async Task<T?> AsNullAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (MarketoRequestException e) when (e.Code is { } code && MarketoErrorCatalog.Find(code).MeansNotFound)
        {
            return null;
        }
    }
}
