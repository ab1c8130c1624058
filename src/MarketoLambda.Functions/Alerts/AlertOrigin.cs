using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Functions.Alerts;

/// <summary>Which deployment speaks, and where its log is.</summary>
internal sealed record AlertOrigin(string Function, string Region, string LogGroup)
{
    /// <summary>From the variables that Lambda sets.</summary>
    /// <remarks>Source: AWS Lambda developer guide, "Defined runtime environment variables".</remarks>
    public static AlertOrigin From(IConfiguration settings) =>
        new(
            settings["AWS_LAMBDA_FUNCTION_NAME"] ?? "MarketoLambda",
            settings["AWS_REGION"] ?? "",
            settings["AWS_LAMBDA_LOG_GROUP_NAME"] ?? "");

    /// <summary>Opens the log group in the AWS console; null outside Lambda.</summary>
    public Uri? Log =>
        Region.Length == 0 || LogGroup.Length == 0
            ? null
            : new Uri(
                $"https://{Region}.console.aws.amazon.com/cloudwatch/home?region={Region}"
                    + $"#logsV2:log-groups/log-group/{LogGroup.Replace("/", "$252F", StringComparison.Ordinal)}");
}
