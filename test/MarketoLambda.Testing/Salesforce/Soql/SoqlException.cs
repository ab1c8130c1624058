namespace MarketoLambda.Testing.Salesforce.Soql;

/// <summary>A query Salesforce refuses, told the way it tells it: an echo of the query, a caret, the position, a reason.</summary>
internal sealed class SoqlException(string errorCode, string soql, int column, string reason)
    : Exception($"\n{Around(soql, column)}\n{new string(' ', Math.Min(column - 1, 30))}^\nERROR at Row:1:Column:{column}\n{reason}")
{
    public string ErrorCode { get; } = errorCode;

    private static string Around(string soql, int column)
    {
        var start = Math.Max(0, Math.Min(column - 1, soql.Length) - 30);
        return soql.Substring(start, Math.Min(60, soql.Length - start));
    }
}
