using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MarketoLambda.EndToEnd.Tests.Deployment;

/// <summary>Roles and secrets of template.yaml: each function may do what the code does, and no more.</summary>
public sealed class TemplatePermissionTests
{
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

    private static readonly Template Template = Template.Read();

    private static YamlMappingNode Allowed(string role, string statement) =>
        Template
            .Mappings(Template.Resources[role])
            .Single(map => map.Children.TryGetValue("Sid", out var sid) && sid.ToString() == statement);
}
