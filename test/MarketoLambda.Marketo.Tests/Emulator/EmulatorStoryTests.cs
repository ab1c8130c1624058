using MarketoLambda.Marketo.Calls;
using MarketoLambda.Marketo.Errors;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Marketo.Schema;
using EmulatedKind = MarketoLambda.Emulator.Calls.CallKind;

namespace MarketoLambda.Marketo.Tests.Emulator;

public sealed class EmulatorStoryTests
{
    [Fact]
    public void An_object_is_created_filled_read_and_emptied()
    {
        // Given
        using var world = new EmulatedMarketo();
        var (schema, objects) = (world.Client.Schema, world.Client.Objects);
        var statuses = new List<RecordStatus>();

        // When
        world.Client.Time.Run(async () =>
        {
            Assert.Null(await schema.DescribeAsync("course_c", state: null, CancellationToken.None));
            Assert.Null(await objects.DescribeAsync("course_c", CancellationToken.None));
            await schema.CreateAsync(
                new CustomObjectTypeDefinition("course_c", "Course", "Courses", "What is taught"),
                CancellationToken.None);
            await schema.AddFieldsAsync(
                "course_c",
                [new("courseId", "Course Id", "string") { IsDedupeField = true }, new("hours", "Hours", "integer")],
                CancellationToken.None);
            Assert.Equal(CustomObjectTypeState.Draft, (await schema.DescribeAsync("course_c", state: null, CancellationToken.None))?.State);
            await schema.ApproveAsync("course_c", CancellationToken.None);
            Assert.Equal(
                CustomObjectTypeState.Approved,
                (await schema.DescribeAsync("course_c", state: null, CancellationToken.None))?.State);

            var course = await objects.DescribeAsync("course_c", CancellationToken.None);
            Assert.Equal(["courseId"], course!.DedupeFields);
            Assert.Equal("integer", course.FindField("HOURS")?.TypeName);

            await SyncAsync("""{"courseId":"a,1","hours":3}""", """{"courseId":"b","hours":"many"}""", """{"courseId":"c"}""");
            await SyncAsync("""{"courseId":"a,1","hours":4}""");
            var read = await objects.QueryAsync("course_c", "courseId", ["a,1", "c", "none"], ["hours"], CancellationToken.None);
            Assert.Equal(
                [null, 4],
                read.Select(record => record.Fields.TryGetValue("hours", out var hours) ? hours.GetInt32() : (int?)null).Order());

            var byGuid = await objects.QueryAsync(
                "course_c",
                "marketoGUID",
                [.. read.Select(record => record.Id)],
                [],
                CancellationToken.None);
            Assert.Equal(2, byGuid.Count);
            var deleted = await objects.DeleteAsync(
                "course_c",
                DedupeBy.IdField,
                [.. read.Select(record => Some.Record($$"""{"marketoGUID":"{{record.Id}}"}"""))],
                CallPurpose.State,
                CancellationToken.None);
            statuses.AddRange(deleted.Select(result => result.Status));
            Assert.InRange((await world.Client.Usage.TodayAsync(CancellationToken.None)).Total, 10, 30);
        });

        // Then
        Assert.Equal(
            [
                RecordStatus.Created,
                RecordStatus.Skipped,
                RecordStatus.Created,
                RecordStatus.Updated,
                RecordStatus.Deleted,
                RecordStatus.Deleted,
            ],
            statuses);
        Assert.Equal(0, world.Marketo.Count("course_c"));

        async Task SyncAsync(params string[] records) =>
            statuses.AddRange(
                (
                    await objects.SyncAsync(
                        "course_c",
                        SyncAction.CreateOrUpdate,
                        DedupeBy.DedupeFields,
                        [.. records.Select(Some.Record)],
                        CallPurpose.Import,
                        CancellationToken.None)
                ).Select(result => result.Status));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    public void Several_hundred_records_are_found_again_by_address_and_by_form(int keyLength)
    {
        // Given
        using var world = new EmulatedMarketo();
        var keys = Enumerable.Range(0, 700).Select(number => $"key & co {number}".PadRight(keyLength, '+')).ToList();
        foreach (var key in keys)
        {
            world.Marketo.Seed("car_c", $$"""{"vin":"{{key}}"}""");
        }

        // When
        var records = world.Client.Run(() => world.Client.Objects.QueryAsync("car_c", "vin", keys, ["vin"], CancellationToken.None));

        // Then
        Assert.Equal(keys, records.Select(record => record.Fields["vin"].GetString()).OrderBy(key => keys.IndexOf(key!)));
        Assert.Equal(3, world.Client.Counter.Total);
    }

    [Fact]
    public void A_full_request_of_exactly_the_largest_body_is_taken()
    {
        // Given
        using var world = new EmulatedMarketo();
        var frame = SyncRequestSize.Measure(SyncAction.CreateOrUpdate, DedupeBy.DedupeFields, 300, 0);
        var records = Enumerable.Range(0, 300).Select(number => $$"""{"vin":"{{number:000}}"}""").ToList();
        var room = CallLimits.BodyBytes - frame - records.Sum(record => record.Length);
        records[0] = records[0].Replace("}", new string(' ', (int)room) + "}", StringComparison.Ordinal);

        // When
        var results = world.Client.Run(() =>
            world.Client.Objects.SyncAsync(
                "car_c",
                SyncAction.CreateOrUpdate,
                DedupeBy.DedupeFields,
                [.. records.Select(Some.Record)],
                CallPurpose.Import,
                CancellationToken.None));

        // Then
        Assert.All(results, result => Assert.Equal(RecordStatus.Created, result.Status));
    }

    [Fact]
    public void Tokens_that_expire_mid_run_are_not_noticed()
    {
        // Given
        using var world = new EmulatedMarketo(subscription =>
            (subscription.TokenLifetime, subscription.Latency) = (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(2)));

        // When
        world.Client.Time.Run(() => Task.WhenAll(Enumerable.Range(0, 400).Select(_ => world.Client.SyncAsync())));

        // Then
        Assert.Equal(1, world.Marketo.Count("car_c"));
        Assert.InRange(world.Client.Time.Elapsed.TotalSeconds, 150, 250);
    }

    [Fact]
    public void Tokens_killed_mid_run_are_waited_out_or_replaced()
    {
        // Given
        using var world = new EmulatedMarketo();
        world.Client.Run(() => world.Client.SyncAsync());

        // When
        world.Marketo.ExpireTokens();
        world.Client.Time.Run(() => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => world.Client.SyncAsync())));

        // Then
        Assert.Equal(1, world.Marketo.Count("car_c"));
    }

    [Fact]
    public void Wrong_credentials_are_the_operators_business()
    {
        using var world = new EmulatedMarketo(settings: options => options.ClientSecret = "wrong");

        var error = world.Client.Fails<MarketoAuthorizationException>(() => world.Client.SyncAsync());

        Assert.Contains("Marketo__ClientSecret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subscription_that_is_out_of_reach_is_unavailable_and_nothing_was_executed()
    {
        // Given
        using var world = new EmulatedMarketo();
        world.Client.Run(() => world.Client.SyncAsync());
        world.Marketo.Faults.Unreachable = true;

        // When
        var error = world.Client.Fails<MarketoUnavailableException>(() => world.Client.SyncAsync());

        // Then
        Assert.False(error.MayHaveBeenExecuted);
    }

    /// <summary>The whole client under fire: what it reports as done is done, and the limits hold.</summary>
    [Fact]
    public void Under_random_faults_each_record_reported_as_done_is_in_marketo()
    {
        var finished = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            // Given
            var random = new Random(seed);
            using var world = new EmulatedMarketo(
                subscription =>
                {
                    subscription.Seed = seed;
                    subscription.TokenLifetime = TimeSpan.FromSeconds(random.Next(5, 100));
                    subscription.LatencyOf = (_, draw) => TimeSpan.FromMilliseconds(draw.Next(8000));
                },
                seed: seed);
            world.Marketo.Faults.Random(seed, 0.15, kinds: [EmulatedKind.Identity, EmulatedKind.Sync]);
            var done = new List<string>();

            // When
            world.Client.Time.Run(
                () => Task.WhenAll(Enumerable.Range(0, 60).Select(number => SyncAsync($"key-{number}"))),
                within: TimeSpan.FromHours(12));

            // Then
            Assert.All(done, key => Assert.Single(world.Marketo.Find("car_c", key)));
            Assert.InRange(world.Marketo.Limits.WorstWindow, 1, 50);
            Assert.InRange(world.Marketo.Limits.MaxInFlight, 1, 5);
            finished += done.Count;

            async Task SyncAsync(string key)
            {
                try
                {
                    var results = await world.Client.Objects.SyncAsync(
                        "car_c",
                        SyncAction.CreateOrUpdate,
                        DedupeBy.DedupeFields,
                        [Some.Record($$"""{"vin":"{{key}}"}""")],
                        CallPurpose.State,
                        CancellationToken.None);
                    Assert.NotEqual(RecordStatus.Skipped, Assert.Single(results).Status);
                    done.Add(key);
                }
                catch (MarketoUnavailableException)
                {
                    // Four failures in a row are possible at 15 %.
                }
            }
        }

        Assert.InRange(finished, 40 * 60 * 95 / 100, 40 * 60);
    }
}
