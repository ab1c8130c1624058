using System.Text.RegularExpressions;
using MarketoLambda.Hosting.Requests;
using MarketoLambda.Hosting.Webhooks;
using MarketoLambda.Sync.Leases;
using MarketoLambda.Testing;
using YamlDotNet.RepresentationModel;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>template.yaml says what the code counts on.</summary>
public sealed class TemplateTests
{
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
    public void Sam_builds_the_project_once_for_both_functions() =>
        Assert.Single(Template.OfType("AWS::Serverless::Function").Values.Select(function => function["Metadata"].ToString()).Distinct());

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

    private static readonly Template Template = Template.Read();
}
