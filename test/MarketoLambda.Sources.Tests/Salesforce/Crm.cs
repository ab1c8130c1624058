using MarketoLambda.Sources.Salesforce;
using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sync.Settings;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;
using MarketoLambda.Testing.Salesforce;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources.Tests.Salesforce;

/// <summary>An organisation with assets and accounts, on virtual time, and short ways to read it as a job does.</summary>
internal sealed class Crm
{
    public const string Columns = "Id,SerialNumber";

    public Crm(Action<OrgOptions>? configure = null, VirtualTime? time = null)
    {
        Time = time ?? new VirtualTime();
        OrgOptions options = new();
        configure?.Invoke(options);
        Org = new EmulatedOrg(Time, options);
        Accounts = Org.Define("Account", "001", new OrgField("Name", "string"), new OrgField("NumberOfEmployees", "int"));
        Assets = Org.Define(
            "Asset",
            "02i",
            new OrgField("SerialNumber", "string"),
            new OrgField("Name", "string"),
            new OrgField("Status", "picklist"),
            new OrgField("Quantity", "double"),
            new OrgField("Price", "currency"),
            new OrgField("InstallDate", "date"),
            new OrgField("UsageEndsAt__c", "datetime"),
            new OrgField("IsCompetitorProduct", "boolean"),
            new OrgField("Age__c", "double", IsCalculated: true),
            new OrgField("Address", "address"),
            new OrgField("AccountId", "reference", ReferenceTo: "Account"));
    }

    public VirtualTime Time { get; }

    public EmulatedOrg Org { get; }

    public OrgObject Assets { get; }

    public OrgObject Accounts { get; }

    public Dictionary<string, string?> Settings { get; } = new()
    {
        ["Connections:crm:LoginUrl"] = "https://emulated.my.salesforce.com",
        ["Connections:crm:ClientId"] = OrgOptions.DefaultClientId,
        ["Connections:crm:ClientSecret"] = OrgOptions.DefaultClientSecret,
    };

    /// <summary>What the job's section says besides type, connection and object.</summary>
    public string Section { get; set; } = "";

    public string Object { get; set; } = "Asset";

    /// <summary>Stands between the client and the organisation.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Network { get; set; } = handler => handler;

    /// <summary>Creates so many assets now, numbered on.</summary>
    public Crm With(int count, TimeSpan commitsAfter = default)
    {
        var first = Assets.Count + 1;
        for (var number = first; number < first + count; number++)
        {
            Put(number, "1", commitsAfter);
        }

        return this;
    }

    public Crm Put(int number, string name = "1", TimeSpan commitsAfter = default)
    {
        Assets.Put(number, new Dictionary<string, object?> { ["SerialNumber"] = $"sn-{number}", ["Name"] = name }, commitsAfter);
        return this;
    }

    public Crm After(TimeSpan duration)
    {
        Time.Advance(duration);
        return this;
    }

    public ISource Source()
    {
        var (source, problems) = Parse();
        Assert.Empty(problems);
        return source;
    }

    public SalesforceSourceType SourceType() =>
        new(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build(), Time, Network(Org.CreateHandler()));

    public (ISource Source, IReadOnlyList<string> Problems) Parse()
    {
        JobProblems problems = new(".");
        JobSection section = new(
            LocatedJson.Parse(
                $$"""{ "type": "salesforce", "connection": "crm", "object": "{{Object}}"{{(Section.Length == 0 ? "" : $", {Section}")}} }""",
                problems
            )!,
            "jobs.x.source",
            problems);
        _ = section.RequiredText("type");
        var source = SourceType().Read(section);
        section.AddErrorsForOtherNames();
        return (source, [.. problems.InOrder.Select(problem => problem.Message)]);
    }

    /// <summary>Reads to the end, or so many items, in a process of its own.</summary>
    public Read Read(Checkpoint? from = null, int most = int.MaxValue, string columns = Columns, int capacity = 1000) =>
        Read(Source(), from ?? Checkpoint.Start, most, columns, capacity);

    private Read Read(ISource source, Checkpoint from, int most, string columns, int capacity)
    {
        Read? read = null;
        Time.Run(async () =>
        {
            await using var reader = await source.OpenAsync(new ReadRequest(from, columns.Split(','), capacity), CancellationToken.None);
            List<SourceItem> items = [];
            List<Checkpoint> positions = [];
            while (items.Count < most && await reader.ReadAsync(CancellationToken.None) is { } item)
            {
                items.Add(item);
                positions.Add(reader.Position);
            }

            read = new Read(items, positions, reader.Position);
        });
        return read!;
    }

    /// <summary>Reads to the end with smaller bulk jobs than the job file can ask for.</summary>
    public Read ReadSliced(int rowsPerJob)
    {
        SalesforceConnection connection = new(
            "crm",
            Org.Options.Address,
            OrgOptions.DefaultClientId,
            SalesforceConnection.DefaultApiVersion)
        {
            ClientSecret = OrgOptions.DefaultClientSecret,
        };
        SalesforceSource source = new(
            new SalesforceOptions
            {
                Object = "Asset",
                BulkAbove = 5,
                RowsPerBulkJob = rowsPerJob,
            },
            new SalesforceClient(connection, Org.CreateHandler(), Time),
            Time);
        return Read(source, Checkpoint.Start, int.MaxValue, Columns, 1000);
    }

    public string Error(string columns = Columns) => Assert.Throws<SourceException>(() => Read(columns: columns)).Message;
}

/// <summary>What a reader handed out, and where it could have resumed after each item.</summary>
internal sealed record Read(IReadOnlyList<SourceItem> Items, IReadOnlyList<Checkpoint> Positions, Checkpoint End)
{
    public IReadOnlyList<SourceRecord> Records => [.. Items.OfType<SourceRecord>()];

    /// <summary>The first column.</summary>
    public string[] Ids => [.. Records.Select(record => (string)record.Values[0]!)];

    public string[] Notices => [.. Items.OfType<SourceNotice>().Select(notice => notice.Message)];
}
