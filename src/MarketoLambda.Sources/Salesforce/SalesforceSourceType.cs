using System.Net;
using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sync.JobFiles;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Salesforce;

/// <summary>Records of an object of Salesforce, as a job file describes them: <c>"type": "salesforce"</c>.</summary>
public sealed class SalesforceSourceType : ISourceType
{
    /// <summary>Stands in after a reported problem; it is never used.</summary>
    private static readonly SalesforceConnection Nowhere = new("", new Uri("https://nowhere.invalid"), "", "");

    private static readonly Setting Connection = Setting
        .Text("connection", "The organisation: its settings are Connections__<name>__LoginUrl, …__ClientId and so on.", null, "crm")
        .Required();
    private static readonly Setting Object = Setting
        .Text("object", "API name of the object; custom objects end in __c.", null, "Asset")
        .Required();
    private static readonly Setting Condition = Setting.Text(
        "filter",
        "A SOQL condition, as it stands behind WHERE; all records where it is absent.",
        null,
        "Status = 'Installed'");
    private static readonly Setting Deleted = Setting.Choice(
        "deleted",
        "What a record in the recycle bin means: it is not seen, its field IsDeleted says so, or its record in Marketo is deleted.",
        "ignore",
        "ignore",
        "flag",
        "delete");
    private static readonly Setting BulkAbove = Setting.WholeNumber(
        "bulkAbove",
        "A first load or a full pass over more records than this uses bulk jobs.",
        0,
        int.MaxValue,
        SalesforceOptions.DefaultBulkAbove);

    private readonly IConfiguration _settings;
    private readonly HttpMessageHandler _network;
    private readonly TimeProvider _time;
    private readonly Dictionary<SalesforceConnection, SalesforceClient> _clients = [];

    /// <param name="settings">Hold the connections.</param>
    /// <param name="time">The clock.</param>
    public SalesforceSourceType(IConfiguration settings, TimeProvider time)
        : this(
            settings,
            time,
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
    {
    }

    /// <param name="settings">Hold the connections.</param>
    /// <param name="time">The clock.</param>
    /// <param name="network">Leads to Salesforce.</param>
    public SalesforceSourceType(IConfiguration settings, TimeProvider time, HttpMessageHandler network) =>
        (_settings, _time, _network) = (settings, time, network);

    public string Name => "salesforce";

    public string Description => "Records of an object of Salesforce, in the order of their last change.";

    public IReadOnlyList<Setting> Settings { get; } = [Connection, Object, Condition, Deleted, BulkAbove, .. PassOptions.Settings];

    public ISource Read(JobSection section)
    {
        var connection = SalesforceSettings.Read(section, Connection.Name, _settings) ?? Nowhere;
        if (!_clients.TryGetValue(connection, out var client))
        {
            client = _clients[connection] = new SalesforceClient(connection, _network, _time); // jobs of one connection share its session
        }

        SalesforceOptions options = new()
        {
            Object = ObjectName(section),
            Filter = Filter(section),
            Deleted = Enum.Parse<DeletedRule>(
                section.OptionalChoice(
                    Deleted,
                    "\"ignore\" (Marketo keeps the record), \"flag\" (map the field IsDeleted) or \"delete\" (Marketo's record is deleted)"
                ),
                ignoreCase: true),
            BulkAbove = section.OptionalInteger(BulkAbove),
            Pass = PassOptions.Read(section),
        };
        return new SalesforceSource(options, client, _time);
    }

    private static string ObjectName(JobSection section)
    {
        var name = section.RequiredText(Object.Name).Trim();
        if (name.Length > 0 && !(char.IsAsciiLetter(name[0]) && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_')))
        {
            section.AddError(Object.Name, "must be the API name of an object, for example \"Asset\" or \"Contract_Line__c\"");
        }

        return name;
    }

    private static string? Filter(JobSection section)
    {
        var filter = section.OptionalText(Condition.Name);
        if (filter is not null && !IsBalanced(filter))
        {
            section.AddError(
                Condition.Name,
                "has a bracket or a quote without its counterpart; texts in it stand in single quotes, and a quote inside is written \\\\'"
            );
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
}
