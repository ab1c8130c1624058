using System.Text.Json;
using System.Text.Json.Nodes;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Runs;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Sync.State;

namespace MarketoLambda.Cli.Tests.Output;

public sealed class JsonOutputTests
{
    [Fact]
    public void A_report_is_one_flat_object_with_names_that_scripts_can_rely_on()
    {
        // Given
        SyncReport report = new()
        {
            Job = "car_c",
            RunNumber = 7,
            Outcome = RunOutcome.QuotaReached,
            StartedAt = new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.Zero),
            Elapsed = TimeSpan.FromSeconds(90),
            Accepted = 1,
            Rejected = 2,
            Skipped = 3,
            Repeated = 2,
            Superseded = 4,
            Unrecorded = 0,
            Checkpoint = new Checkpoint { Mark = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero) },
            Notices = [new RunNotice("late-file", "a.csv", "The file is not read")],
        };

        // When
        var json = JsonNode.Parse(JsonSerializer.Serialize([report], CliJson.Default.IReadOnlyListSyncReport))![0]!.AsObject();

        // Then
        Assert.Equal(
            [
                "job",
                "runNumber",
                "outcome",
                "startedAt",
                "elapsed",
                "accepted",
                "created",
                "updated",
                "deleted",
                "unchanged",
                "rejected",
                "waiting",
                "resolved",
                "dismissed",
                "openRejects",
                "waitingInAll",
                "skipped",
                "repeated",
                "superseded",
                "unrecorded",
                "checkpoint",
                "notices",
                "noticeCount",
                "error",
                "isAlerted",
                "standingAlertSentAt",
                "busyUntil",
            ],
            json.Select(member => member.Key));
        Assert.Equal("QuotaReached", (string?)json["outcome"]);
        Assert.Equal("2026-11-22T00:00:00+00:00", (string?)json["checkpoint"]!["mark"]);
        Assert.Equal("""[{"code":"late-file","location":"a.csv","message":"The file is not read"}]""", json["notices"]!.ToJsonString());
    }
}
