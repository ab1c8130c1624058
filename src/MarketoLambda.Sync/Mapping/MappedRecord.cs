using MarketoLambda.Marketo.CustomObjects;
using MarketoLambda.Sync.Reading;

namespace MarketoLambda.Sync.Mapping;

/// <summary>A source record ready to be sent.</summary>
/// <param name="Key">Which record of Marketo it is.</param>
/// <param name="Json">Its fields.</param>
/// <param name="Location">Where it came from.</param>
internal sealed record MappedRecord(RecordKey Key, EncodedRecord Json, SourceLocation Location);
