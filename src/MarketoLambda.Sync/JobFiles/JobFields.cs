using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Settings;
namespace MarketoLambda.Sync.JobFiles;

/// <summary>Reads the fields of a job.</summary>
internal static class JobFields
{
    public static IEnumerable<FieldMapping> Read(JobSection section)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (field, _, column, details) in section.Members())
        {
            if (!seen.Add(field))
            {
                section.AddError(field, "is mapped a second time; Marketo's field names do not differ by casing");
            }

            if (details is not null)
            {
                yield return Field(field, details);
            }
            else if (column is not null)
            {
                yield return new FieldMapping(field, column);
            }
        }
    }

    private static FieldMapping Field(string field, JobSection details)
    {
        var origins = JobSettings.Origins.Select(setting => setting.Name).Where(details.Has).ToList();
        foreach (var second in origins.Skip(1))
        {
            details.AddError(second, $"has no place beside \"{origins[0]}\": a field has one of \"from\", \"template\" and \"value\"");
        }

        if (origins.Count == 0)
        {
            details.AddErrorForMissing([.. JobSettings.Origins.Select(setting => setting.Name)]);
        }

        var template = Template(details);
        var value = details.OptionalValue(JobSettings.Value.Name);
        var from = details.OptionalText(JobSettings.From.Name) ?? "";
        FieldMapping mapping = new(
            field,
            value is not null ? new FixedValue(value)
                : template is not null ? new ComposedText(template)
                : from)
        {
            Format = details.OptionalTimeFormats(JobSettings.Format.Name),
            Empty =
                details.OptionalChoice(JobSettings.Empty, "\"omit\" (Marketo keeps its value) or \"clear\" (Marketo's value is emptied)")
                == "clear"
                    ? EmptyValue.Clear
                    : EmptyValue.Omit,
            NullValues = details.OptionalNullValues(),
            Trims = details.OptionalFlag(JobSettings.Trim.Name, otherwise: template is not null),
            Map = Map(details),
            Default = details.OptionalValue(JobSettings.Default.Name),
            Culture = details.OptionalCulture(JobSettings.Culture.Name),
        };
        AddErrorsForMeaningless(details);
        details.AddErrorsForOtherNames();
        return mapping;
    }

    private static FieldTemplate? Template(JobSection details)
    {
        if (details.OptionalText(JobSettings.Template.Name) is not { } text)
        {
            return null;
        }

        try
        {
            return FieldTemplate.Parse(text);
        }
        catch (FormatException problem)
        {
            details.AddError(JobSettings.Template.Name, problem.Message);
            return null;
        }
    }

    private static ValueMap? Map(JobSection details)
    {
        var name = JobSettings.Map.Name;
        if (details.OptionalSection(name) is not { } section)
        {
            return null;
        }

        List<KeyValuePair<string, object>> entries = [];
        foreach (var (from, to) in section.Values(JobSettings.KeepName, ValueMap.Kept))
        {
            if (string.IsNullOrWhiteSpace(from))
            {
                details.AddError(name, "has an entry without a value of the source; what empty values become is said by \"default\"");
            }
            else if (to is not null)
            {
                entries.Add(new(from, to));
            }
        }

        if (!section.HasMembers)
        {
            details.AddError(name, "must have at least one entry, such as \"Y\": \"yes\"");
        }

        return new ValueMap(entries);
    }

    private static void AddErrorsForMeaningless(JobSection details)
    {
        if (details.Has(JobSettings.Value.Name))
        {
            foreach (var step in JobSettings.Field.Except(JobSettings.Origins).Where(setting => details.Has(setting.Name)))
            {
                details.AddError(step.Name, "has no meaning beside \"value\", which is sent as it stands; remove it");
            }
        }
        else if (details.Has(JobSettings.Default.Name) && details.Has(JobSettings.Empty.Name))
        {
            details.AddError(JobSettings.Empty.Name, "has no meaning beside \"default\", with which no value is empty; remove one of them");
        }
    }
}
