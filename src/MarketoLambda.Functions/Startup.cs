using Amazon.Lambda.Annotations;
using Amazon.SimpleEmailV2;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;
using MarketoLambda.Functions.Clients;
using MarketoLambda.Functions.Hosting;
using MarketoLambda.Sources.JobFiles;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MarketoLambda.Functions;

/// <summary>
/// The only place that knows where settings come from. Runs while an instance starts, so that a wrong setting stops it there.
/// </summary>
[LambdaStartup]
public sealed class Startup
{
#pragma warning disable CA1822 // the generated code calls it on an instance
    public void ConfigureServices(IServiceCollection services)
#pragma warning restore CA1822
    {
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables()
            .Build();

        // Straight to the stream: the runtime's Console would wrap each line into JSON of its own, and metric filters would find no
        // members.
        AmazonSimpleSystemsManagementClient ssm = new();
        AwsClients clients = new(
            ssm,
            new AmazonSQSClient(),
            new AmazonSimpleEmailServiceV2Client(),
            JobFileClients.OfAws with
            {
                Ssm = () => ssm,
            }
        );
        services.AddFunctions(settings, clients, Console.OpenStandardOutput(), TimeProvider.System);
    }
}
