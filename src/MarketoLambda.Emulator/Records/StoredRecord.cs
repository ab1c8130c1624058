namespace MarketoLambda.Emulator.Records;

/// <summary>One state of one record. Never changed: a write puts a new one in its place.</summary>
/// <param name="Guid">The marketoGUID.</param>
/// <param name="Key">See <see cref="RecordKey"/>.</param>
/// <param name="Values">See <see cref="FieldValues"/>.</param>
/// <param name="CreatedAt">Unix seconds.</param>
/// <param name="UpdatedAt">Unix seconds.</param>
/// <param name="CreatedIn">Number of the write that created it.</param>
internal sealed record StoredRecord(Guid Guid, string Key, byte[] Values, long CreatedAt, long UpdatedAt, long CreatedIn);
