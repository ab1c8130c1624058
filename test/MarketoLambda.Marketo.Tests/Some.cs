using System.Text;
using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Records;

namespace MarketoLambda.Marketo.Tests;

/// <summary>Calls and answers whose details a test does not care about.</summary>
internal static class Some
{
    public static EncodedRecord Record(string json = """{"vin":"a"}""") => new(Encoding.UTF8.GetBytes(json));

    public static string Created(int count = 1) =>
        $$"""{"requestId":"a#1","success":true,"result":[{{string.Join(',', Enumerable.Range(0, count).Select(seq => $$"""{"seq":{{seq}},"status":"created","marketoGUID":"g-{{seq}}"}"""))}}]}""";

    public const string Empty = """{"requestId":"a#1","result":[],"success":true}""";

    public static Task<IReadOnlyList<RecordResult>> SyncAsync(
        this MarketoUnderTest client,
        int count = 1,
        CallPurpose purpose = CallPurpose.State,
        CancellationToken cancellationToken = default
    ) =>
        client.Objects.SyncAsync(
            "car_c",
            SyncAction.CreateOrUpdate,
            DedupeBy.DedupeFields,
            [.. Enumerable.Repeat(Record(), count)],
            purpose,
            cancellationToken);

    public static Task<IReadOnlyList<RecordResult>> DeleteAsync(this MarketoUnderTest client) =>
        client.Objects.DeleteAsync("car_c", DedupeBy.IdField, [Record()], CallPurpose.State, CancellationToken.None);

    public static Task<IReadOnlyList<MarketoRecord>> QueryAsync(this MarketoUnderTest client, params string[] values) =>
        client.Objects.QueryAsync("car_c", "vin", values.Length == 0 ? ["v"] : values, ["vin"], CancellationToken.None);
}
