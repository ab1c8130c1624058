using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Sync.Targets;

/// <summary>Works with the records of a target in Marketo, for one run or one look.</summary>
/// <remarks>
/// Failures of a whole call are <see cref="MarketoException"/>s; a refused record is a result with <see cref="RecordStatus.Skipped"/>.
/// Used by several callers at once. What it learns it may remember: it lives no longer than the run.
/// </remarks>
public interface ITargetWriter
{
    /// <summary>What is written to.</summary>
    ITarget Target { get; }

    /// <summary>
    /// Names and fields, and in <see cref="RecordTypeDescription.DedupeFields"/> what a key is; null where Marketo does not know it.
    /// </summary>
    Task<RecordTypeDescription?> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What people have in Marketo that the job could mean instead: continues <see cref="ITarget.WhatIsMissing"/>. Empty where every
    /// subscription has the target once, or it goes by a number.
    /// </summary>
    Task<string> DescribeOthersAsync(CancellationToken cancellationToken) => Task.FromResult("");

    /// <summary>Makes sure that records can be written at all, where no description tells: once a run, before its first record.</summary>
    /// <exception cref="JobMismatchException">Marketo refuses every record, whatever is in it.</exception>
    Task EnsureWritableAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes what changes nothing, so that a missing permission is seen before a run: for whoever looks at a set-up.</summary>
    Task TryWritingAsync(CancellationToken cancellationToken) => EnsureWritableAsync(cancellationToken);

    /// <summary>Creates or updates records by their key. Sent again they change nothing.</summary>
    /// <param name="records">At most <see cref="TargetLimits.Records"/>, no key twice.</param>
    /// <param name="purpose">Decides about quota and retries.</param>
    /// <param name="cancellationToken">Gives up; Marketo may execute the call nevertheless.</param>
    /// <returns>One result for each record, in their order.</returns>
    /// <exception cref="JobMismatchException">Marketo refuses every record, whatever is in it.</exception>
    Task<IReadOnlyList<RecordResult>> UpsertAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken);

    /// <summary>
    /// Somebody has looked up that Marketo does not have these records, of which that was <see cref="RecordStatus.Unknown"/>: they may be
    /// sent again.
    /// </summary>
    Task AllowAgainAsync(IReadOnlyList<EncodedRecord> records, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Deletes records; of each the key fields are enough. One that is gone already is skipped.</summary>
    /// <inheritdoc cref="UpsertAsync"/>
    Task<IReadOnlyList<RecordResult>> DeleteAsync(
        IReadOnlyList<EncodedRecord> records,
        CallPurpose purpose,
        CancellationToken cancellationToken);

    /// <summary>Records as they are now, in no particular order; those that do not exist are absent.</summary>
    /// <param name="keyFields">What a key is, as described.</param>
    /// <param name="keys">Any number: of each the values of the key fields, in their order.</param>
    /// <param name="fields">What is to be read beside the key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<MarketoRecord>> ReadAsync(
        IReadOnlyList<string> keyFields,
        IReadOnlyList<IReadOnlyList<string>> keys,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken);
}
