using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Schema;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Lists;

/// <summary>Puts leads into static lists, takes them out, and tells who is in one.</summary>
/// <remarks>Source: Adobe, rest-api/list-membership: results have no <c>seq</c>, and skipped ones keep their id.</remarks>
internal sealed class ListEndpoints(EmulatorOptions options, ListBook lists, ObjectType leads, Lock gate)
{
    private static readonly Refusal ListNotFound = new("1013", "List not found");

    public static IEnumerable<KeyValuePair<Operation, AnswerCall>> All(
        EmulatorOptions options,
        ListBook lists,
        ObjectCatalog catalog,
        Lock gate)
    {
        var leads = catalog.Standard(LinkableObjects.Lead);
        var endpoints = new ListEndpoints(options, lists, leads, gate);
        var members = new ListMembersEndpoint(options, lists, leads, gate);
        var queries = new ListQueries(lists, gate);
        return
        [
            new(ListOperations.Add, endpoints.Add),
            new(ListOperations.Remove, endpoints.Remove),
            new(ListOperations.IsMember, endpoints.IsMember),
            new(ListOperations.Members, members.Answer),
            new(ListOperations.All, (call, _) => queries.All(call)),
            new(ListOperations.ById, (call, _) => queries.ById(call)),
        ];
    }

    public static bool TryFind(
        Call call,
        ListBook lists,
        [NotNullWhen(true)] out StaticList? list,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        list = lists.Find(call.Route.Arguments[0]);
        refusal = list is null ? ListNotFound : null;
        return list is not null;
    }

    public EmulatorResponse Add(Call call, DateTimeOffset now) => ForEach(call, (list, lead) =>
    {
        list.Add(lead, now);
        return new Outcome("added", null);
    });

    public EmulatorResponse Remove(Call call, DateTimeOffset now) => ForEach(call, (list, lead) =>
        list.Remove(lead, now) ? new Outcome("removed", null) : Skipped(Refusal.FromCode(options.Quirks.NotInListCode)));

    public EmulatorResponse IsMember(Call call, DateTimeOffset now) => ForEach(call, (list, lead) =>
        new Outcome(list.Shows(lead, now, options.Quirks.ListMembershipDelay) ? "memberof" : "notmemberof", null));

    private EmulatorResponse ForEach(Call call, Func<StaticList, Guid, Outcome> act)
    {
        if (!IdList.TryRead(call, options, out var ids, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        lock (gate)
        {
            if (!TryFind(call, lists, out var list, out refusal))
            {
                return call.Envelope.Refused(refusal);
            }

            Outcome[] outcomes = [.. ids.Select(id => Act(call, list, id, act) with { Lead = id })];
            return call.Envelope.Result(json => Array.ForEach(outcomes, outcome => Write(json, outcome)));
        }
    }

    private Outcome Act(Call call, StaticList list, Guid? id, Func<StaticList, Guid, Outcome> act) =>
        id is not { } lead || !leads.Records.Current.TryGet(lead, out _) ? Skipped(Refusal.LeadNotFound)
        : call.Skip(IdField.NumberOf(lead).ToString(CultureInfo.InvariantCulture)) is { } refusal ? Skipped(refusal)
        : act(list, lead);

    private static Outcome Skipped(Refusal reason) => new("skipped", reason);

    private static void Write(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartObject();
        if (outcome.Lead is { } lead)
        {
            IdField.Number.Write(json, lead);
        }

        json.WriteString("status"u8, outcome.Status);
        if (outcome.Reason is not null)
        {
            json.WriteStartArray("reasons"u8);
            outcome.Reason.WriteTo(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <param name="Reason">Null where it was not skipped.</param>
    private readonly record struct Outcome(string Status, Refusal? Reason)
    {
        /// <summary>Null where the call gave no id.</summary>
        public Guid? Lead { get; init; }
    }
}
