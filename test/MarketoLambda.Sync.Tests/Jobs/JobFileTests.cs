using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Tests.Jobs;

public sealed class JobFileTests
{
    private const string Good = """
        {
          // a comment
          "jobs": {
            "car_c": {
              "source": { "type": "none" },
              "key": "vin",
              "fields": { "vin": "VIN", "soldOn": { "from": "Sold", "format": "dd.MM.yyyy", "empty": "clear" }, },
            },
          }
        }
        """;

    [Fact]
    public void A_job_is_read_with_comments_and_trailing_commas()
    {
        var job = Assert.Single(Parse(Good));

        Assert.Equal("car_c", job.Name);
        Assert.Equal(["vin"], job.KeyFields);
        Assert.Equal([new FieldMapping("vin", "VIN"), new FieldMapping("soldOn", "Sold", "dd.MM.yyyy", EmptyValue.Clear)], job.Fields);
    }

    [Fact]
    public void A_file_that_is_an_example_is_refused_by_whoever_runs_jobs_and_by_whoever_only_names_them()
    {
        var example = Good.Replace("\"jobs\"", "\"example\": true, \"jobs\"", StringComparison.Ordinal);

        var toRun = Assert.Single(Assert.Throws<JobFileException>(() => Parse(example)).Problems);
        var toName = Assert.Single(Assert.Throws<JobFileException>(() => JobFile.Names(example, "jobs.json")).Problems);

        Assert.Equal(toRun, toName);
        Assert.Equal(3, toRun.Line);
        Assert.Contains("put your own jobs into it and remove this line", toRun.Message, StringComparison.Ordinal);
        Assert.Single(Parse(example.Replace("true", "false", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("\"rejects\": {},", 5)]
    [InlineData("\"rejects\": { \"stopAbovePercent\": 100 },", 100)]
    public void How_many_rejects_stop_a_run_can_be_set(string setting, int percent) =>
        Assert.Equal(
            percent,
            Assert.Single(Parse(Good.Replace("\"key\"", $"{setting} \"key\"", StringComparison.Ordinal))).StopAbovePercentRejected);

    [Theory]
    [InlineData("{ \"stopAbovePercent\": 101 }", "stopAbovePercent must be a whole number from 0 to 100")]
    [InlineData("{ \"stopAbove\": 5 }", "has no setting \"stopAbove\"")]
    [InlineData("5", "must be an object in braces")]
    public void A_wrong_setting_of_rejects_is_told(string setting, string problem)
    {
        var mistakes = Assert.Throws<JobFileException>(() =>
            Parse(Good.Replace("\"key\"", $"\"rejects\": {setting}, \"key\"", StringComparison.Ordinal)));

        Assert.Contains(problem, Assert.Single(mistakes.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_is_told_at_once_with_its_line()
    {
        // When
        var mistakes = Assert.Throws<JobFileException>(() => Parse("""
            {
              "jobs": {
                "car_c": {
                  "source": { "type": "csvv" },
                  "key": "vim",
                  "fields": {
                    "vin": "VIN",
                    "VIN": "Number",
                    "soldOn": { "form": "Sold", "empty": "drop" },
                    "color": 7
                  },
                  "feilds": {}
                },
                "other_c": "text"
              }
            }
            """));

        // Then
        Assert.Equal(
            [
                "4: jobs.car_c.source.type is \"csvv\"; known sources: none",
                "5: jobs.car_c.key names \"vim\", which is not among the fields; add it there with its source column",
                "8: jobs.car_c.fields.VIN is mapped a second time; Marketo's field names do not differ by casing",
                "9: jobs.car_c.fields.soldOn.empty must be \"omit\" (Marketo keeps its value) or \"clear\" (Marketo's value is emptied)",
                "9: jobs.car_c.fields.soldOn has no setting \"form\" (did you mean \"from\"?)",
                "10: jobs.car_c.fields.color must be a text in quotes that is not blank",
                "12: jobs.car_c has no setting \"feilds\" (did you mean \"fields\"?)",
                "14: jobs.other_c must be an object in braces",
            ],
            mistakes.Problems.Select(problem => $"{problem.Line}: {problem.Message}"));
        Assert.StartsWith("jobs.json line 4: ", mistakes.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"job\": {} }", "the file has no setting \"job\" (did you mean \"jobs\"?)")]
    [InlineData("{}", "the file lacks \"jobs\"")]
    [InlineData(
        "{ \"jobs\": {} }",
        "jobs must name at least one job: the API name of a custom object, for example \"implementedProductV1_c\": { … }"
    )]
    [InlineData("{ \"jobs\": 7 }", "jobs must be an object in braces")]
    [InlineData("{ \"jobs\": { \"car_c\": 7 } }", "jobs.car_c must be an object in braces")]
    [InlineData(
        "{ \"jobs\": { \"car_c\": { \"source\": { \"type\": \"none\" }, \"key\": \"vin\", \"feilds\": { \"vin\": \"VIN\" } } } }",
        "jobs.car_c has no setting \"feilds\" (did you mean \"fields\"?)"
    )]
    [InlineData(
        "{ \"jobs\": { \"car_c\": { \"source\": { \"type\": \"none\" }, \"key\": \"vin\", \"fields\": { \"vin\": 7 } } } }",
        "jobs.car_c.fields.vin must be a text in quotes that is not blank"
    )]
    [InlineData(
        "{ \"jobs\": { \"car_c\": { \"source\": { \"type\": \"none\" }, \"key\": \"vin\", \"fields\": { \"vin\": \"A\", \"vin\": \"B\" "
            + "} } } }",
        "\"vin\" stands here a second time; keep one of the two"
    )]
    [InlineData(
        "{ \"jobs\": { \"car_c\": { \"source\": { \"type\": \"none\" }, \"key\": \"vin\", \"fields\": { \"vin\": \"A\" } }, \"Car_c\": { "
            + "\"source\": { \"type\": \"none\" }, \"key\": \"vin\", \"fields\": { \"vin\": \"A\" } } } }",
        "jobs.Car_c stands here a second time; Marketo's names do not differ by casing"
    )]
    public void One_mistake_is_one_line(string json, string message)
    {
        var mistakes = Assert.Throws<JobFileException>(() => Parse(json));

        Assert.Equal(message, Assert.Single(mistakes.Problems).Message);
    }

    [Theory]
    [InlineData("{\n  \"jobs\": {\n    \"car_c\": oops\n  }\n}", 3)]
    [InlineData("{\n  \"jobs\": {", 2)]
    [InlineData("{} {}", 1)]
    public void Broken_json_is_told_with_its_line(string json, int line)
    {
        var mistakes = Assert.Throws<JobFileException>(() => Parse(json));

        Assert.Equal(line, Assert.Single(mistakes.Problems).Line);
        Assert.Contains("not valid JSON", mistakes.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{ \"jobs\": [] }")]
    [InlineData("{ \"jobs\": {} }")]
    [InlineData("{ \"jobs\": { \"car_c\": {} } }")]
    [InlineData("{ \"jobs\": { \"car_c\": [] } }")]
    [InlineData("{ \"jobs\": { \"car_c\": null } }")]
    [InlineData("{ \"jobs\": { \"car_c\": { \"source\": 1, \"key\": [], \"fields\": [] } } }")]
    public void A_file_without_a_usable_job_is_a_mistake_and_not_a_crash(string json) =>
        Assert.NotEmpty(Assert.Throws<JobFileException>(() => Parse(json)).Problems);

    [Theory]
    [InlineData("", "line 1: the file is empty; the README's \"Your own files\" has one to start from")]
    [InlineData(" \n\t", "line 1: the file is empty; the README's \"Your own files\" has one to start from")]
    [InlineData("{\n  \"jobs\": oops", "line 2, column 11: this is not valid JSON: a value belongs here: text in double quotes, a number")]
    [InlineData("{\n  “jobs”: {} }", "line 2, column 3: “ is no quote in JSON, which has \" only; a word processor may have put it there")]
    [InlineData(
        "{ \"jobs\": {\n\"a\": \"C:\\Users\\me\",\n\"b\": \"D:\\x\" } }",
        "line 2, column 9: a backslash has a meaning of its own in JSON; write folders with / or with two backslashes, as C:/Users or "
            + "C:\\\\Users|line 3, column 9: a backslash has"
    )]
    public void A_file_that_is_no_json_is_answered_with_place_and_cause(string json, string places)
    {
        var mistakes = Assert.Throws<JobFileException>(() => Parse(json)).Problems;

        Assert.Equal(places.Split('|').Length, mistakes.Count);
        Assert.All(
            mistakes.Zip(places.Split('|')),
            pair => Assert.StartsWith(pair.Second, $"{pair.First.Place}: {pair.First.Message}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_backslash_that_json_understands_otherwise_is_told()
    {
        var mistake = Assert.Single(
            Assert
                .Throws<JobFileException>(() =>
                    Parse(
                        """{ "jobs": { "car_c": { "source": { "type": "none" }, "key": "a", "fields": { "a": "C:\temp" } } } }""".Replace(
                            "\\\\",
                            "\\",
                            StringComparison.Ordinal)))
                .Problems);

        Assert.Contains(
            "has a control character, probably from a backslash that JSON reads as an escape",
            mistake.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_is_known_by_its_source_and_its_mapping_and_not_by_how_it_is_written()
    {
        // Given
        var before = Definition(
            """{ "source": { "type": "none" }, "key": "a", "fields": { "a": "A", "b": { "from": "B", "trim": true } } }""");

        // Then
        Assert.Null(
            Definition(
                    """{ "fields": { "b": { "trim": true, "from": "B" }, "a": "A" }, /* moved */ "key": "a", "source": { "type": "none" }, "rejects": { "retryHours": 0 } }"""
                )
                .ChangeSince(before, "car_c"));
        Assert.StartsWith(
            "the mapping of this job has changed",
            Definition("""{ "source": { "type": "none" }, "key": "a", "fields": { "a": "A", "b": "B" } }""").ChangeSince(before, "car_c"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "the source of this job has changed",
            Definition(
                    """{ "source": { "type": "none", "nullValues": "-" }, "key": "a", "fields": { "a": "A", "b": { "from": "B", "trim": true } } }"""
                )
                .ChangeSince(before, "car_c"),
            StringComparison.Ordinal);
        Assert.Equal(before, JobDefinition.Parse(before.ToString()));
        Assert.Null(JobDefinition.Parse("written by a person"));
        Assert.Null(before.ChangeSince(null, "car_c"));
    }

    private static JobDefinition Definition(string job) => Assert.Single(Parse($$"""{ "jobs": { "car_c": {{job}} } }""")).Definition!;

    private static IReadOnlyList<SyncJob> Parse(string json) => JobFile.Parse(json, "jobs.json", [new NoSourceType()]);

    private sealed class NoSourceType : ISourceType
    {
        public string Name => "none";

        public string Description => "Nothing at all.";

        public IReadOnlyList<Setting> Settings => [];

        public ISource Read(JobSection section) => new Nothing();

        private sealed class Nothing : ISource
        {
            public string Description => "nothing";

            public SourceConventions Conventions => SourceConventions.Invariant;

            public Task<ISourceReader> OpenAsync(ReadRequest request, CancellationToken cancellationToken) =>
                throw new NotSupportedException();
        }
    }
}
