using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using MarketoLambda.Hosting.Logs;
using YamlDotNet.RepresentationModel;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>The alarms of template.yaml watch what the code writes.</summary>
public sealed class TemplateAlarmTests
{
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

    private static readonly Template Template = Template.Read();
}
