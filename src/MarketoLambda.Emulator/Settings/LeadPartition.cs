namespace MarketoLambda.Emulator.Settings;

/// <summary>A partition of the leads of a subscription.</summary>
/// <param name="Id">Above zero.</param>
/// <param name="Name">What calls name it by.</param>
public sealed record LeadPartition(int Id, string Name)
{
    public string Description { get; init; } = "";
}
