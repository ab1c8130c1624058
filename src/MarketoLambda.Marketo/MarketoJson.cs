using System.Text.Json;
using System.Text.Json.Serialization;
using MarketoLambda.Marketo.Activities;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Marketo.Leads;
using MarketoLambda.Marketo.Lists;
using MarketoLambda.Marketo.Programs;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Schema;
using MarketoLambda.Marketo.Usage;
using MarketoLambda.Marketo.Wire;

namespace MarketoLambda.Marketo;

/// <summary>How everything sent to and read from Marketo looks as JSON; generated, so nothing is reflected over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IdentityResponse))]
[JsonSerializable(typeof(MarketoResponse<DescribedActivityType>))]
[JsonSerializable(typeof(MarketoResponse<DescribedChannel>))]
[JsonSerializable(typeof(MarketoResponse<DescribedLeadField>))]
[JsonSerializable(typeof(MarketoResponse<DescribedList>))]
[JsonSerializable(typeof(MarketoResponse<DescribedProgram>))]
[JsonSerializable(typeof(MarketoResponse<DescribedRecordType>))]
[JsonSerializable(typeof(MarketoResponse<DescribedType>))]
[JsonSerializable(typeof(MarketoResponse<JsonElement>))]
[JsonSerializable(typeof(MarketoResponse<ListedLead>))]
[JsonSerializable(typeof(MarketoResponse<Nothing>))]
[JsonSerializable(typeof(MarketoResponse<ReportedUsage>))]
[JsonSerializable(typeof(MarketoResponse<WrittenRecord>))]
[JsonSerializable(typeof(ActivitiesRequest))]
[JsonSerializable(typeof(AddFieldsRequest))]
[JsonSerializable(typeof(CreateTypeRequest))]
[JsonSerializable(typeof(DeleteRequest))]
[JsonSerializable(typeof(LeadIdsRequest))]
[JsonSerializable(typeof(LeadSyncRequest))]
[JsonSerializable(typeof(MemberIdsRequest))]
[JsonSerializable(typeof(MemberStatusRequest))]
[JsonSerializable(typeof(MembersRequest))]
[JsonSerializable(typeof(QueryJson))]
[JsonSerializable(typeof(SyncRequest))]
internal sealed partial class MarketoJson : JsonSerializerContext;
