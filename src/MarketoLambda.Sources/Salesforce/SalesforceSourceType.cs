using System.Net;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Reading;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Salesforce;

/// <summary>Records of an object of Salesforce, as a job file describes them: <c>"type": "salesforce"</c>.</summary>
public sealed class SalesforceSourceType : ISourceType
{
    /// <summary>Stands in after a reported problem; it is never used.</summary>
    private static readonly SalesforceConnection Nowhere = new("", new Uri("https://nowhere.invalid"), "", "");

    private readonly IConfiguration _settings;
    private readonly HttpMessageHandler _network;
    private readonly TimeProvider _time;
    private readonly Dictionary<SalesforceConnection, SalesforceClient> _clients = [];

    /// <param name="settings">Hold the connections.</param>
    /// <param name="time">The clock.</param>
    public SalesforceSourceType(IConfiguration settings, TimeProvider time)
        : this(settings, time, new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
    }

    /// <param name="settings">Hold the connections.</param>
    /// <param name="time">The clock.</param>
    /// <param name="network">Leads to Salesforce.</param>
    public SalesforceSourceType(IConfiguration settings, TimeProvider time, HttpMessageHandler network) => (_settings, _time, _network) = (settings, time, network);

    public string Name => "salesforce";

    public ISource Read(JobSection section)
    {
        var connection = SalesforceSettings.Read(section, _settings) ?? Nowhere;
        if (!_clients.TryGetValue(connection, out var client))
        {
            client = _clients[connection] = new SalesforceClient(connection, _network, _time); // jobs of one connection share its session
        }

        SalesforceOptions options = new()
        {
            Object = ObjectName(section),
            Filter = Filter(section),
            Deleted = Deleted(section),
            BulkAbove = section.OptionalInteger("bulkAbove", 0, int.MaxValue, SalesforceOptions.DefaultBulkAbove),
            Pass = PassOptions.Read(section),
        };
        return new SalesforceSource(options, client, _time);
    }

    private static string ObjectName(JobSection section)
    {
        var name = section.RequiredText("object").Trim();
        if (name.Length > 0 && !(char.IsAsciiLetter(name[0]) && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_')))
        {
            section.Refuse("object", "must be the API name of an object, for example \"Asset\" or \"Contract_Line__c\"");
        }

        return name;
    }

    private static string? Filter(JobSection section)
    {
        var filter = section.OptionalText("filter");
        if (filter is not null && !IsBalanced(filter))
        {
            section.Refuse("filter", "has a bracket or a quote without its counterpart; texts in it stand in single quotes, and a quote inside is written \\\\'");
        }

        return filter;
    }

    /// <summary>A bracket too many would end the one this program puts around the filter, and with it the bounds of a pass.</summary>
    private static bool IsBalanced(string filter)
    {
        var (depth, isQuoted) = (0, false);
        for (var i = 0; i < filter.Length && depth >= 0; i++)
        {
            switch (filter[i])
            {
                case '\\' when isQuoted: i++; break;
                case '\'': isQuoted = !isQuoted; break;
                case '(' when !isQuoted: depth++; break;
                case ')' when !isQuoted: depth--; break;
            }
        }

        return depth == 0 && !isQuoted;
    }

    private static DeletedRule Deleted(JobSection section)
    {
        if (!Enum.TryParse<DeletedRule>(section.OptionalText("deleted", nameof(DeletedRule.Ignore)), ignoreCase: true, out var rule) || !Enum.IsDefined(rule))
        {
            section.Refuse("deleted", "must be \"ignore\" (Marketo keeps the record), \"flag\" (map the field IsDeleted) or \"delete\" (Marketo's record is deleted)");
        }

        return rule;
    }
}
