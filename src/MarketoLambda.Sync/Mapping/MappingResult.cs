
namespace MarketoLambda.Sync.Mapping;

/// <summary>What a source record becomes.</summary>
internal abstract record MappingResult
{
    private MappingResult()
    {
    }

    /// <summary>It can be sent.</summary>
    public sealed record Mapped(MappedRecord Record) : MappingResult;

    /// <summary>It can not.</summary>
    public sealed record Rejected(RejectedRecord Record) : MappingResult;
}
