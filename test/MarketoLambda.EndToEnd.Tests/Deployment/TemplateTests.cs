using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using MarketoLambda.Hosting.Logs;
using MarketoLambda.Hosting.Requests;
using MarketoLambda.Hosting.Webhooks;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Testing;
using YamlDotNet.RepresentationModel;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>template.yaml says what the code counts on.</summary>
public sealed class TemplateTests
{
    private static readonly Template Template = Template.Read();

    [Fact]
    public void Whatever_is_referred_to_is_there_and_every_parameter_is_used()
    {
        var references = Template.References().Where(name => !name.StartsWith("AWS::", StringComparison.Ordinal)).Distinct().ToList();

        Assert.True(references.Count > 30);
        Assert.Empty(references.Except(Template.Parameters.Keys).Except(Template.Resources.Keys));
        Assert.Empty(Template.Parameters.Keys.Except(references));
        Assert.Equal(Template.Conditions.Order(), Template.UsedConditions().Distinct().Order());
    }

    [Fact]
    public void What_nobody_can_guess_has_no_default_so_that_it_cannot_be_forgotten() =>
        Assert.Equal(
            ["AlarmEmail", "AlertFrom", "AlertTo", "MarketoBaseUrl"],
            Template
                .Parameters.Where(parameter => !parameter.Value.Children.ContainsKey("Default"))
                .Select(parameter => parameter.Key)
                .Order());

    [Fact]
    public void Every_parameter_is_described_and_says_what_it_takes()
    {
        Assert.True(Template.Parameters.Count > 20);
        Assert.All(Template.Parameters, parameter =>
        {
            var keys = parameter.Value.Children.Keys.Select(key => key.ToString()).ToList();
            Assert.Contains("Description", keys);
            Assert.NotEmpty(keys.Intersect(["AllowedPattern", "AllowedValues", "MinValue"]));
            if (keys.Contains("AllowedPattern") && keys.Contains("Default"))
            {
                Assert.Matches(parameter.Value["AllowedPattern"].ToString(), parameter.Value["Default"].ToString());
            }
        });
    }

    [Fact]
    public void Every_function_has_a_log_that_ends_a_role_of_its_own_and_json_lines()
    {
        var functions = Template.OfType("AWS::Serverless::Function").Keys.ToList();

        Assert.Equal(["SyncFunction", "WebhookFunction"], functions.Order());
        Assert.All(functions, function =>
        {
            var logging = Template.Properties(function)["LoggingConfig"];
            Assert.Equal("JSON", logging["LogFormat"].ToString());
            Assert.Equal("LogRetentionDays", Template.Text(logging["LogGroup"].ToString(), "RetentionInDays"));
        });
        Assert.Equal(2, functions.Select(function => Template.Text(function, "Role")).Distinct().Count());
    }

    [Fact]
    public void Roles_allow_what_they_name_and_nothing_else()
    {
        var statements = Template.OfType("AWS::IAM::Role").Values
            .SelectMany(role => Template.Mappings(role["Properties"]["Policies"]))
            .Where(map => map.Children.ContainsKey("Action"))
            .ToList();

        Assert.True(statements.Count >= 10);
        Assert.All(statements, statement => Assert.DoesNotContain('*', statement["Action"].ToString()));
        string[] withoutNarrowerResource = ["MountTheFileSystem", "LiveInTheVpc"];
        Assert.Equal(
            withoutNarrowerResource,
            statements.Where(statement => statement["Resource"].ToString() == "*").Select(statement => statement["Sid"].ToString()));
        Assert.DoesNotContain(
            Template.Mappings(Template.Resources["SyncRole"]),
            map => map.Children.Values.Any(value => value.ToString().Contains("WebhookSecret", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ListItsFiles", "s3:ListBucket", "arn:${AWS::Partition}:s3:::${FilesBucket}")]
    [InlineData("ReadItsFiles", "s3:GetObject", "arn:${AWS::Partition}:s3:::${FilesBucket}/${FilesPrefix}*")]
    [InlineData("KeepRejects", "s3:PutObject", "arn:${AWS::Partition}:s3:::${RejectsBucket}/rejects/*")]
    public void Buckets_may_be_used_below_a_prefix_and_for_one_deed_each(string statement, string action, string resource)
    {
        var allowed = Allowed("SyncRole", statement);

        Assert.Equal((action, resource), (allowed["Action"].ToString(), allowed["Resource"].ToString()));
        Assert.Equal(statement == "ListItsFiles", allowed.Children.ContainsKey("Condition"));
    }

    [Theory]
    [InlineData("SyncRole")]
    [InlineData("WebhookRole")]
    public void Both_functions_may_read_the_one_job_file_that_they_are_told(string role)
    {
        var inABucket = Allowed(role, "ReadItsJobsInABucket");
        var inAParameter = Allowed(role, "ReadItsJobsInAParameter");

        Assert.Equal(("s3:GetObject", "ssm:GetParameters"), (inABucket["Action"].ToString(), inAParameter["Action"].ToString()));
        Assert.Equal("arn:${AWS::Partition}:s3:::${object}", inABucket["Resource"][0].ToString());
        Assert.Equal("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${name}", inAParameter["Resource"][0].ToString());
        Assert.Equal(
            "s3://",
            Template
                .Mappings(inABucket)
                .SelectMany(map => map.Children)
                .Single(child => child.Key.ToString() == "object")
                .Value[1][0]
                .ToString());
        Assert.Equal(
            "JobsFile",
            Template
                .Properties(role == "SyncRole" ? "SyncFunction" : "WebhookFunction")["Environment"]["Variables"]["Sync__JobsFile"]
                .ToString());
    }

    [Theory]
    [InlineData("jobs.json", true)]
    [InlineData("s3://my-bucket/jobs.json", true)]
    [InlineData("s3://my-bucket/a/b/jobs.json", true)]
    [InlineData("ssm:/marketo-lambda/jobs", true)]
    [InlineData("s3://my-bucket", false)]
    [InlineData("s3://my-bucket/", false)]
    [InlineData("ssm:jobs", false)]
    [InlineData("other.json", false)]
    public void The_job_file_is_where_the_program_can_read_it(string address, bool isTaken) =>
        Assert.Equal(isTaken, Regex.IsMatch(address, Template.Parameters["JobsFile"]["AllowedPattern"].ToString()));

    [Fact]
    public void Alerts_may_be_sent_from_identities_that_have_a_default_configuration_set()
    {
        var resources = ((YamlSequenceNode)Allowed("SyncRole", "SendAlerts")["Resource"]).Select(resource =>
            resource.ToString().Split(':')[^1]);

        Assert.Equal(["identity/*", "configuration-set/*"], resources);
        Assert.Equal(
            "AlertConfigurationSet",
            Template.Properties("SyncFunction")["Environment"]["Variables"]["Alerts__ConfigurationSet"].ToString());
    }

    [Fact]
    public void What_can_never_run_is_put_aside_in_the_queue_that_an_alarm_watches()
    {
        Assert.Equal("DeadLetters.Arn", Allowed("SyncRole", "PutAsideWhatCannotRun")["Resource"].ToString());
        Assert.Equal("DeadLetters", Template.Properties("SyncFunction")["Environment"]["Variables"]["Queue__DeadLettersUrl"].ToString());
    }

    [Fact]
    public void Sam_builds_the_project_once_for_both_functions() =>
        Assert.Single(Template.OfType("AWS::Serverless::Function").Values.Select(function => function["Metadata"].ToString()).Distinct());

    [Fact]
    public void Connections_are_read_below_the_path_that_the_function_is_told_and_by_no_other_function()
    {
        var allowed = Allowed("SyncRole", "ReadItsConnections");

        Assert.Equal(
            ("ssm:GetParametersByPath", "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${ConnectionsPath}"),
            (allowed["Action"].ToString(), allowed["Resource"].ToString()));
        Assert.Equal(
            "ConnectionsPath",
            Template.Properties("SyncFunction")["Environment"]["Variables"]["FromSsmPath__Connections"].ToString());
        Assert.DoesNotContain(
            Template.Mappings(Template.Resources["WebhookRole"]),
            map => map.Children.Values.Any(value => value.ToString().Contains("Connections", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rejects_go_to_the_folder_of_the_bucket_that_may_be_written_to()
    {
        var place = (YamlSequenceNode)Template.Properties("SyncFunction")["Environment"]["Variables"]["Sync__RejectsBucket"];

        Assert.Equal("s3://${RejectsBucket}/rejects/", place[1].ToString());
    }

    [Fact]
    public void Secrets_are_only_named()
    {
        Assert.Empty(Template.OfType("AWS::SSM::Parameter"));
        Assert.Empty(Template.OfType("AWS::SecretsManager::Secret"));
        var variables = Template
            .OfType("AWS::Serverless::Function")
            .Keys.SelectMany(function =>
                ((YamlMappingNode)Template.Properties(function)["Environment"]["Variables"]).Children.Keys.Select(key => key.ToString()))
            .ToList();
        Assert.NotEmpty(variables);
        Assert.All(
            variables.Where(name => Regex.IsMatch(name, "Secret|ClientId")),
            name => Assert.StartsWith("FromSsm__", name, StringComparison.Ordinal));
        Assert.All(variables, name => Assert.DoesNotMatch("^(AWS_|LAMBDA_|_)", name));
    }

    [Fact]
    public void A_request_is_delivered_again_only_when_the_claim_of_a_killed_run_is_over()
    {
        var timeout = Template.Number("SyncFunction", "Timeout");

        Assert.Equal(ServerlessScenario.FunctionTime.TotalSeconds, timeout);
        Assert.Equal(ServerlessScenario.VisibilityTimeout.TotalSeconds, Template.Number("RunQueue", "VisibilityTimeout"));
        Assert.True(Template.Number("RunQueue", "VisibilityTimeout") > timeout + RunLeases.Grace.TotalSeconds);
    }

    [Fact]
    public void The_queue_keeps_order_holds_back_for_the_webhooks_minute_and_gives_up_in_the_end()
    {
        var queue = Template.Properties("RunQueue");

        Assert.Equal("true", queue["FifoQueue"].ToString());
        Assert.Equal(60, ServerlessScenario.QueueDelay.TotalSeconds);
        Assert.Equal(60, Template.Number("RunQueue", "DelaySeconds"));
        Assert.Equal("DeadLetters.Arn", queue["RedrivePolicy"]["deadLetterTargetArn"].ToString());
        Assert.Equal("true", Template.Text("DeadLetters", "FifoQueue"));
        var source = Template.Properties("SyncFunction")["Events"]["RunRequests"]["Properties"];
        Assert.Equal("1", source["BatchSize"].ToString());
        Assert.Equal("Allow", Template.Text("SyncFunction", "RecursiveLoop"));
    }

    [Theory]
    [InlineData("EveryJob", RunRequest.EveryJob)]
    [InlineData("ExtraJob", "product_c")]
    public void What_a_schedule_sends_is_a_run_request(string schedule, string job)
    {
        var target = Template.Properties(schedule)["Target"];
        var input = target["Input"]
            .ToString()
            .Replace("${ExtraScheduleJob}", "product_c", StringComparison.Ordinal)
            .Replace("<aws.scheduler.scheduled-time>", "2026-11-24T03:00:00Z", StringComparison.Ordinal);

        Assert.Equal(new RunRequest(job, RunTrigger.Schedule, "2026-11-24T03:00:00Z"), RunRequest.Parse(input));
        Assert.Equal("ScheduleTimeZone", Template.Text(schedule, "ScheduleExpressionTimezone"));
    }

    [Fact]
    public void The_webhook_has_its_two_routes_behind_a_throttle_below_what_the_queue_takes()
    {
        var routes = ((YamlMappingNode)Template.Properties("WebhookFunction")["Events"]).Children.Values.Select(value =>
            $"{value["Properties"]["Method"]} {value["Properties"]["Path"]}");

        Assert.Equal(["POST /jobs/{apiName}/runs", "GET /jobs/{apiName}"], routes);
        Assert.True(
            int.Parse(
                Template.Parameters["WebhookRequestsPerSecond"]["MaxValue"].ToString(),
                System.Globalization.CultureInfo.InvariantCulture
            ) < 300);
        Assert.DoesNotContain(
            "header",
            Template.Properties("WebhookApi")["AccessLogSettings"]["Format"].ToString(),
            StringComparison.OrdinalIgnoreCase);
        Assert.Contains(WebhookSecrets.Header, Repository.Read(DeployReadmeTests.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_an_alarm_for_everything_that_nobody_would_see_and_the_readme_says_what_to_do()
    {
        var alarms = Template.OfType("AWS::CloudWatch::Alarm");
        var readme = Repository.Read(DeployReadmeTests.Path);

        Assert.Equal(
            [
                "DeadLettersAlarm",
                "FailedRunsAlarm",
                "NoSuccessAlarm",
                "NothingNewAlarm",
                "NoticesAlarm",
                "QuotaAlarm",
                "RefusedAlarm",
                "RejectsAlarm",
                "SyncErrorsAlarm",
                "WatchedJobsAlarm",
                "WebhookErrorsAlarm",
            ],
            alarms.Keys.Order());
        Assert.All(
            alarms.Values,
            alarm => Assert.Equal("AlarmTopic", ((YamlSequenceNode)alarm["Properties"]["AlarmActions"])[0].ToString()));
        Assert.All(
            alarms.Values,
            alarm =>
                Assert.Contains(
                    $"**{Regex.Match(alarm["Properties"]["AlarmDescription"].ToString(), "Operate, '(.+)'").Groups[1].Value}**",
                    readme,
                    StringComparison.Ordinal));
        Assert.Equal(
            ("HoursWithoutSuccess", 3600, "breaching"),
            (
                Template.Text("NoSuccessAlarm", "EvaluationPeriods"),
                Template.Number("NoSuccessAlarm", "Period"),
                Template.Text("NoSuccessAlarm", "TreatMissingData")));
    }

    [Fact]
    public void Dimensions_of_alarms_are_those_the_function_writes()
    {
        var notices = Template.OfType("AWS::CloudWatch::Alarm").Values.Select(alarm => (YamlMappingNode)alarm["Properties"])
            .Where(alarm => alarm.Children.TryGetValue("MetricName", out var metric) && metric.ToString() == "marketolambda.notices")
            .Select(alarm =>
                alarm.Children.TryGetValue("Dimensions", out var dimensions)
                    ? string.Join(',', ((YamlSequenceNode)dimensions).Select(dimension => dimension["Name"].ToString()))
                    : "")
            .ToList();
        using Meter meter = new(nameof(Dimensions_of_alarms_are_those_the_function_writes));
        using MemoryStream output = new();
        using EmbeddedMetrics metrics = new(output, "MarketoLambda/stack", TimeProvider.System, meter.Name);

        meter.CreateCounter<long>("marketolambda.notices", "{notice}").Add(1, new("job", "product_c"), new("code", "late-file"));
        metrics.Flush();

        using var line = JsonDocument.Parse(output.ToArray());
        var written = line
            .RootElement.GetProperty("_aws")
            .GetProperty("CloudWatchMetrics")[0]
            .GetProperty("Dimensions")
            .EnumerateArray()
            .Select(set => string.Join(',', set.EnumerateArray().Select(name => name.GetString())));
        Assert.Equal(["", "code"], notices.Order());
        Assert.Empty(notices.Except(written));
        Assert.Equal(
            "MarketoLambda/${AWS::StackName}",
            Template.Properties("SyncFunction")["Environment"]["Variables"]["Metrics__Namespace"].ToString());
    }

    [Fact]
    public void Each_of_ten_watched_jobs_must_succeed_by_itself_and_one_is_enough_to_be_watched()
    {
        var alarm = Template.Properties("WatchedJobsAlarm");
        var metrics = ((YamlSequenceNode)alarm["Metrics"]).Skip(1).ToList();
        var values = metrics.Select(metric => (YamlSequenceNode)metric["MetricStat"]["Metric"]["Dimensions"][0]["Value"]).ToList();

        Assert.Equal(Enumerable.Range(0, 10).Select(place => $"{place}"), values.Select(value => value[0].ToString()));
        Assert.All(
            values,
            value =>
                Assert.Equal(
                    "${WatchedJobs},${first},${first},${first},${first},${first},${first},${first},${first},${first}",
                    value[1][1][0].ToString()));
        Assert.Equal(
            $"MIN([{string.Join(',', metrics.Select(metric => $"FILL({metric["Id"]},0)"))}])",
            alarm["Metrics"][0]["Expression"].ToString());
        Assert.Equal(
            ("HoursWithoutSuccess", "breaching", "LessThanThreshold"),
            (alarm["EvaluationPeriods"].ToString(), alarm["TreatMissingData"].ToString(), alarm["ComparisonOperator"].ToString()));
        Assert.Matches(
            Template.Parameters["WatchedJobs"]["AllowedPattern"].ToString(),
            string.Join(',', Enumerable.Repeat("product_c", 10)));
        Assert.DoesNotMatch(
            Template.Parameters["WatchedJobs"]["AllowedPattern"].ToString(),
            string.Join(',', Enumerable.Repeat("product_c", 11)));
    }

    [Fact]
    public void Metrics_of_alarms_are_counted_in_the_log()
    {
        var counted = Template
            .OfType("AWS::Logs::MetricFilter")
            .Values.Select(filter => ((YamlSequenceNode)filter["Properties"]["MetricTransformations"])[0]["MetricName"].ToString());
        var watched = Template
            .OfType("AWS::CloudWatch::Alarm")
            .Values.SelectMany(alarm => Template.Mappings(alarm["Properties"]))
            .Where(map =>
                map.Children.TryGetValue("Namespace", out var name)
                && name.ToString().StartsWith("MarketoLambda/", StringComparison.Ordinal))
            .Select(map => map["MetricName"].ToString())
            .Distinct()
            .ToList();

        Assert.Equal(
            [
                "FailedRuns",
                "Refused",
                "RejectedRecordsOfAllJobs",
                "RunsStoppedByQuota",
                "SuccessfulRuns",
                "SuccessfulRunsByJob",
                "marketolambda.notices",
            ],
            watched.Order(StringComparer.Ordinal));
        Assert.Equal(["marketolambda.notices"], watched.Except(counted)); // the function writes it itself
    }

    private static YamlMappingNode Allowed(string role, string statement) =>
        Template
            .Mappings(Template.Resources[role])
            .Single(map => map.Children.TryGetValue("Sid", out var sid) && sid.ToString() == statement);
}
