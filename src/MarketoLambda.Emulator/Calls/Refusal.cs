using System.Text.Json;

namespace MarketoLambda.Emulator.Calls;

/// <summary>Why Marketo does not do what was asked: an element of <c>errors</c> or of a record's <c>reasons</c>.</summary>
internal sealed record Refusal(string Code, string Message)
{
    public static Refusal FromCode(string code) => new(code, MarketoCodes.MessageOf(code));

    public static readonly Refusal AccessDenied = FromCode("603");
    public static readonly Refusal InvalidJson = FromCode("609");
    public static readonly Refusal NotFound = FromCode("610");
    public static readonly Refusal InvalidContentType = FromCode("612");
    public static readonly Refusal InvalidSubscriptionType = FromCode("616");
    public static readonly Refusal LeadNotFound = FromCode("1004");
    public static readonly Refusal LeadExists = FromCode("1005");
    public static readonly Refusal SeveralMatch = FromCode("1007");

    /// <summary>As recorded; Adobe's table has another text.</summary>
    public static readonly Refusal SeveralLeadsMatch = new("1007", "Multiple lead match lookup criteria");

    public static readonly Refusal PartitionNameMissing = FromCode("1009");
    public static readonly Refusal OtherPartition = FromCode("1010");
    public static readonly Refusal CompanyUpdate = FromCode("1021");
    public static readonly Refusal ObjectNotFound = FromCode("1013");
    public static readonly Refusal ObjectExists = FromCode("1017");
    public static readonly Refusal DuplicateInInput = FromCode("1036");

    public static readonly Refusal InUse = FromCode("1022");
    public static readonly Refusal CrmEnabled = FromCode("1018");
    public static readonly Refusal SalesPersonNotFound = FromCode("718");

    /// <summary>Standard objects say it so.</summary>
    public static readonly Refusal RecordNotFound = new("1013", "Record not found");

    public static Refusal MethodNotSupported(string method) => new("605", $"Request method '{method}' not supported");

    public static Refusal WrongType(string value, string type) => new("1001", $"Invalid value '{value}'. Required of type '{type}'");

    public static Refusal MissingParameter(string name) => new("1002", $"Missing value for the required parameter '{name}'");

    public static Refusal Invalid(string message) => new("1003", message);

    public static Refusal FieldNotFound(string name) => new("1006", $"Field '{name}' not found");

    public static Refusal FieldNotSupported(string name) => new("1011", $"Field '{name}' not supported");

    public static Refusal NotUpdateable(string name) => Invalid($"Field '{name}' is not updateable");

    /// <summary>A value of the wrong type as leads get it.</summary>
    public static Refusal InvalidValue(string field, string value) => Invalid($"Invalid value for field '{field}' and value '{value}'");

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, Code);
        json.WriteString("message"u8, Message);
        json.WriteEndObject();
    }
}
