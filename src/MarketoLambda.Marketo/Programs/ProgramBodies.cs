using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Programs;

/// <summary>A program as the asset API answers it.</summary>
internal sealed record DescribedProgram
{
    public string? Name { get; init; }

    public string? Channel { get; init; }
}

/// <summary>A channel as the asset API answers it.</summary>
internal sealed record DescribedChannel
{
    public IReadOnlyList<DescribedStatus?>? ProgressionStatuses { get; init; }

    internal sealed record DescribedStatus
    {
        public string? Name { get; init; }
    }
}

/// <summary>Body of a call that gives leads a status in a program.</summary>
internal sealed record MemberStatusRequest(string StatusName, IReadOnlyList<MemberId> Input);

/// <summary>Body of a call that writes fields of members.</summary>
internal sealed record MembersRequest(IReadOnlyList<EncodedRecord> Input);

/// <summary>Body of a call for members that are named by their lead.</summary>
internal sealed record MemberIdsRequest(IReadOnlyList<MemberId> Input);

/// <param name="LeadId">Marketo's id of the lead.</param>
internal sealed record MemberId(long LeadId);
