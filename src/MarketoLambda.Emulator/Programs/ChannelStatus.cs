namespace MarketoLambda.Emulator.Programs;

/// <summary>A status that members of a program can have.</summary>
/// <param name="Name">For example <c>Registered</c>.</param>
/// <param name="Step">Members go to higher steps only. Range: above zero.</param>
/// <param name="IsSuccess">Whether a member in it has reached the success of the program.</param>
public sealed record ChannelStatus(string Name, int Step, bool IsSuccess = false);
