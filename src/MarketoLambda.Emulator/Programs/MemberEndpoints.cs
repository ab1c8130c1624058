using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using MarketoLambda.Emulator.Calls;
using MarketoLambda.Emulator.Http;
using MarketoLambda.Emulator.Objects;
using MarketoLambda.Emulator.Records;
using MarketoLambda.Emulator.Settings;

namespace MarketoLambda.Emulator.Programs;

/// <summary>The calls that change the members of a program.</summary>
/// <remarks>Source: Adobe, rest-api/program-members.</remarks>
internal sealed class MemberEndpoints(EmulatorOptions options, ProgramBook book, ObjectType members, MemberWriter writer, Lock gate)
{
    public EmulatorResponse SetStatus(Call call, DateTimeOffset now) => Change(call, (program, request) =>
    {
        if (request.Text(ProgramMember.StatusName) is not { Length: > 0 } name)
        {
            return call.Envelope.Refused(Refusal.MissingParameter(ProgramMember.StatusName));
        }

        var status = program.Channel.Find(name);
        return status is null && options.Quirks.UnknownStatusRefusesCall
            ? call.Envelope.Refused(Refusal.FromCode("1025"))
            : Results(call, writer.SetStatus(call, program, status, Leads(request), now));
    });

    public EmulatorResponse Write(Call call, DateTimeOffset now) => Change(call, (program, request) =>
    {
        var reader = new RecordReader(members.Newest, options);
        var records = request.GetProperty("input").EnumerateArray().Select(reader.Read).ToArray();
        return Results(call, writer.Write(call, program, records, now));
    });

    public EmulatorResponse Delete(Call call, DateTimeOffset now) =>
        Change(call, (program, request) => Results(call, writer.Delete(call, program, Leads(request), now)));

    /// <summary>The program that the path names.</summary>
    public static bool TryFind(
        Call call,
        ProgramBook book,
        EmulatorQuirks quirks,
        [NotNullWhen(true)] out MarketoProgram? program,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        program = book.Find(call.Route.Arguments[0]);
        refusal = program is null ? new Refusal(quirks.ProgramMissingCode, "Program not found") : null;
        return program is not null;
    }

    private EmulatorResponse Change(Call call, Func<MarketoProgram, JsonElement, EmulatorResponse> change)
    {
        if (!ObjectRequest.TryRead(call, options, out var body, out var refusal))
        {
            return call.Envelope.Refused(refusal);
        }

        using (body)
        {
            MarketoProgram? program;
            lock (gate)
            {
                if (!TryFind(call, book, options.Quirks, out program, out refusal))
                {
                    return call.Envelope.Refused(refusal);
                }
            }

            return change(program, body.RootElement);
        }
    }

    private static EmulatorResponse Results(Call call, RecordResult[] results) =>
        call.Envelope.Result(json => RecordResult.WriteAll(json, ProgramMember.LeadField, results));

    private static long?[] Leads(JsonElement request) =>
        [.. request.GetProperty("input").EnumerateArray().Select(LeadOf)];

    private static long? LeadOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(ProgramMember.LeadId, out var id)
        && long.TryParse(id.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
