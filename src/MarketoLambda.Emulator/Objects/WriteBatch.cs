using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Objects;

/// <summary>The writes of one call to one object, which all happen at one moment.</summary>
/// <param name="Call">Null when a test seeds a record.</param>
/// <param name="FirstWrite">Number of the first write of this call; it sees its own.</param>
internal sealed record WriteBatch(Call? Call, ObjectType Type, DateTimeOffset Now, long FirstWrite)
{
    public RecordBook Records => Type.Records;

    public ObjectSchema Schema { get; } = Type.Approved ?? throw new InvalidOperationException($"{Type.ApiName} is not approved");

    public long Seconds { get; } = Now.ToUnixTimeSeconds();
}
