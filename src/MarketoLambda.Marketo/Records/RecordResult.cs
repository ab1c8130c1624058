namespace MarketoLambda.Marketo.Records;

/// <summary>What Marketo did with one record of a sync or delete call.</summary>
public enum RecordStatus
{
    /// <summary>The record did not exist and does now.</summary>
    Created,

    /// <summary>The record existed and was changed.</summary>
    Updated,

    /// <summary>The record existed and is gone.</summary>
    Deleted,

    /// <summary>The record is there as it is wanted, so nothing was written; no call of Marketo answers this by itself.</summary>
    Unchanged,

    /// <summary>
    /// It is not known whether Marketo has the record, and it must not be sent twice; no call of Marketo answers this by itself.
    /// </summary>
    Unknown,

    /// <summary>Marketo refused the record; <see cref="RecordResult.Reasons"/> says why.</summary>
    Skipped,
}

/// <summary>Marketo's answer for the record at <paramref name="Position"/> of the request.</summary>
/// <remarks>
/// Most interfaces say the position themselves, as <c>seq</c>, which is then checked; those of leads and lists leave it to the order.
/// </remarks>
/// <param name="Position">Index in the request's input, from 0.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Id">Marketo's own id, <c>marketoGUID</c> or a number; null for skipped records.</param>
/// <param name="Reasons">Why it was skipped; empty otherwise.</param>
public sealed record RecordResult(int Position, RecordStatus Status, string? Id, IReadOnlyList<MarketoReason> Reasons);

/// <summary>A code and message that Marketo gives for a refused record.</summary>
/// <param name="Code">Number in quotes, for example <c>1006</c>.</param>
/// <param name="Message">Marketo's English sentence. It may quote a field value: keep it out of logs.</param>
public sealed record MarketoReason(string Code, string Message);
