using MarketoLambda.Marketo;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.Targets;

/// <summary>What a job fills: the records of one type in Marketo, such as a custom object.</summary>
/// <remarks>
/// It holds what the job file says and calls nobody; <see cref="Open"/> makes what calls Marketo. The engine gives every record as one flat
/// object of fields: a target whose interface wants another form, or a call before it, does that where it sends.
/// </remarks>
public interface ITarget
{
    /// <summary>What is filled, for people, without an article: <c>custom object car_c</c>.</summary>
    string Description { get; }

    /// <summary>API name, where a type has one that people have given it; null where every subscription has the type once.</summary>
    string? ApiName { get; }

    /// <summary>Says that Marketo does not know it, without a full stop.</summary>
    string WhatIsMissing { get; }

    /// <summary>What to do then: a sentence.</summary>
    string RemedyWhereMissing { get; }

    /// <summary>The permission that the API user needs, in the words of Marketo's user interface: <c>Read-Write Company</c>.</summary>
    string Permission { get; }

    /// <summary>What one call may carry, and how long it may take.</summary>
    TargetLimits Limits { get; }

    /// <summary>What can only be found out by writing; sentences without a full stop, for whoever checks the job.</summary>
    IReadOnlyList<string> Advice => [];

    /// <summary>What may be done to records.</summary>
    WriteMode Mode => WriteMode.Default;

    /// <summary>Where several records have a key, one of them is written to.</summary>
    bool ChoosesAmongSeveral => false;

    /// <summary>What a call does to a record can be told from what Marketo has of it.</summary>
    bool IsPredictable => true;

    /// <summary>What Marketo says where a record that was to be updated or deleted does not exist.</summary>
    MarketoError RecordNotFound => MarketoErrorCatalog.RecordNotFound;

    /// <summary>What Marketo says where a record that was to be created exists.</summary>
    MarketoError RecordExists => MarketoErrorCatalog.RecordExists;

    /// <summary>What the target keeps in Marketo for itself, beside the engine's own objects; null for nothing.</summary>
    StateTable? OwnTable => null;

    /// <summary>Bytes of the largest call with these records: exact for one that creates and updates.</summary>
    /// <param name="records">How many, from 0.</param>
    /// <param name="recordBytes">Sum of the lengths of their JSON.</param>
    long SizeOf(int records, long recordBytes);

    /// <summary>Begins to work with its records in Marketo, for one run or one look. Calls nobody yet.</summary>
    ITargetWriter Open(MarketoClient marketo);
}

/// <summary>What one call of a target may carry.</summary>
/// <param name="Records">Most records.</param>
/// <param name="Bytes">Largest body.</param>
/// <param name="MaxExecution">How long Marketo works on a call at most: so long after an unclear answer it may still take effect.</param>
public sealed record TargetLimits(int Records, int Bytes, TimeSpan MaxExecution);
