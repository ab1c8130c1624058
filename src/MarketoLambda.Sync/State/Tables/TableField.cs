namespace MarketoLambda.Sync.State.Tables;

/// <summary>One field of an object we keep in Marketo.</summary>
/// <param name="Name">REST name, by the rule of Marketo's UI: the display name without blanks and signs, only its first letter
/// lowered.</param>
/// <param name="DisplayName">What people see.</param>
/// <param name="DataType">Marketo's type.</param>
/// <param name="Meaning">Description stored in Marketo.</param>
public sealed record TableField(string Name, string DisplayName, string DataType, string Meaning);
