using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Metadata;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Opportunities;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator;

/// <content>What a test sets up and looks at without a call: objects, records, and the history of writes.</content>
public sealed partial class MarketoEmulator
{
    /// <summary>Every accepted write in the order it took effect; empty unless <see cref="EmulatorOptions.KeepJournal"/> is on.</summary>
    public IReadOnlyList<AcceptedWrite> Journal
    {
        get
        {
            lock (_subscription.Gate)
            {
                return [.. _subscription.Journal.Writes];
            }
        }
    }

    /// <summary>API names of all custom objects, approved or not.</summary>
    public IReadOnlyList<string> ObjectNames
    {
        get
        {
            lock (_subscription.Gate)
            {
                return [.. _subscription.Catalog.All.Select(type => type.ApiName)];
            }
        }
    }

    /// <summary>Creates and approves an object in one step; it is usable at once.</summary>
    /// <exception cref="InvalidOperationException">Marketo would refuse such an object; the message says why.</exception>
    public void DefineObject(string apiName, string displayName, params IReadOnlyList<FieldDefinition> fields)
    {
        lock (_subscription.Gate)
        {
            ThrowIf(apiName, _subscription.Types.Sync(SyncAction.CreateOnly, new TypeNames(apiName, displayName), isMadeByApi: false));
            var type = Find(apiName);
            ThrowIf(apiName, _subscription.Fields.Add(type, fields));
            ThrowIf(apiName, TypeEditor.Approve(type, _time.GetUtcNow(), delay: TimeSpan.Zero));
        }
    }

    /// <summary>
    /// A custom field of companies, opportunities, sales persons or named accounts; it is usable at once. Opportunities can be looked for
    /// by one of type string or integer.
    /// </summary>
    /// <param name="objectName">As <em>describe</em> names it, for example <c>opportunity</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such object, or it has a field of this name.</exception>
    public void DefineStandardField(string objectName, FieldDefinition field)
    {
        var isSearchable = objectName == Opportunity.Name && field.DataType is (FieldDataTypes.String or FieldDataTypes.Integer);
        AddStandardField(objectName, field with { IsSearchable = isSearchable, IsCustom = true, IsDedupeField = false });
    }

    /// <summary>Puts a record in without a call, even beside another one with its key.</summary>
    /// <param name="json">A JSON object with every dedupe field; of a lead any fields, and <c>id</c> if it matters.</param>
    /// <exception cref="InvalidOperationException">Marketo would skip such a record; the message says why.</exception>
    public Guid Seed(string apiName, string json)
    {
        using var document = JsonDocument.Parse(json);
        var type = Find(apiName);
        if (type.Standard?.Schema.IsLead == true)
        {
            return SeedLead(document.RootElement);
        }

        var schema = type.Approved ?? throw new InvalidOperationException($"{apiName} is not approved");
        var reader = new RecordReader(schema, Options);
        var record = new SyncOrder(SyncAction.CreateOnly, ByGuid: false).Check(
            reader.Read(document.RootElement),
            schema,
            reader,
            Options.Quirks);
        ThrowIf(apiName, record.Refusal);
        return _subscription.Writer.Seed(type, record, _time.GetUtcNow());
    }

    /// <summary>Records of an object as they are now, whatever the read lag, in the order of their creation.</summary>
    public IReadOnlyList<RecordView> Records(string apiName)
    {
        lock (_subscription.Gate)
        {
            var type = Find(apiName);
            return type.Approved is { } schema
                ? [.. type.Records.Current.All.Select(record => RecordView.From(apiName, schema, record))]
                : [];
        }
    }

    /// <summary>Records with this key: none, one, or several where creating was not atomic.</summary>
    /// <param name="key">One text per dedupe field.</param>
    public IReadOnlyList<RecordView> Find(string apiName, params IReadOnlyList<string> key)
    {
        lock (_subscription.Gate)
        {
            var type = Find(apiName);
            var records = type.Records.Current.WithKey(RecordKey.From(key, Options.Quirks.KeyValuesIgnoreCase));
            return type.Approved is { } schema ? [.. records.Select(record => RecordView.From(apiName, schema, record))] : [];
        }
    }

    /// <summary>Number of records of an object.</summary>
    public int Count(string apiName)
    {
        lock (_subscription.Gate)
        {
            return Find(apiName).Records.Current.Count;
        }
    }

    /// <summary>Accepted writes of one key in order; needs <see cref="EmulatorOptions.KeepJournal"/>.</summary>
    /// <param name="key">One text per dedupe field.</param>
    public IReadOnlyList<AcceptedWrite> Sent(string apiName, params IReadOnlyList<string> key) =>
        [
            .. Journal.Where(write =>
                write.Record.ObjectName == apiName && write.Record.Key == RecordKey.From(key, Options.Quirks.KeyValuesIgnoreCase)),
        ];

    /// <summary>A company with this id, unless there is one. No entry of the journal tells of it.</summary>
    public void AddCompany(long id, string? externalCompanyId = null) => AddUnseen("Company", new { id, externalCompanyId });

    /// <summary>A sales person whom leads, companies and opportunities may name. No entry of the journal tells of it.</summary>
    public void AddSalesPerson(string externalSalesPersonId) => AddUnseen("SalesPerson", new { externalSalesPersonId });

    /// <summary>An asset that keeps an object from being deleted.</summary>
    public void AddDependentAsset(string apiName, string assetType, int assetId, string assetName)
    {
        lock (_subscription.Gate)
        {
            Find(apiName).DependentAssets.Add(new DependentAsset(assetType, assetId, assetName));
        }
    }

    private ObjectType Find(string apiName) =>
        _subscription.Catalog.Find(apiName)
        ?? _subscription.Catalog.FindStandard(apiName)
        ?? throw new InvalidOperationException($"There is no object {apiName}");

    private void AddStandardField(string objectName, FieldDefinition field)
    {
        lock (_subscription.Gate)
        {
            var type = _subscription.Catalog.Standard(objectName);
            if ((type.Newest.Find(field.Name, ignoreCase: true)?.Name ?? type.Newest.SystemField(field.Name, ignoreCase: true)) is not null)
            {
                throw new InvalidOperationException($"{objectName} has a field {field.Name} already");
            }

            type.AddField(field);
        }
    }

    private void AddUnseen<T>(string name, T fields)
    {
        lock (_subscription.Gate)
        {
            var type = Find(name);
            var record = new RecordReader(type.Newest, Options).Read(JsonSerializer.SerializeToElement(fields));
            ThrowIf(name, record.Refusal);
            if (record.Guid is not { } id || !type.Records.Current.TryGet(id, out _))
            {
                _subscription.Store.Add(_subscription.Store.Begin(null, type, _time.GetUtcNow()), record with { Key = record.Key ?? "" });
            }
        }
    }

    private static void ThrowIf(string apiName, Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException($"{apiName}: {refusal.Code} {refusal.Message}");
        }
    }
}
