using System.Globalization;
using MarketoLambda.Marketo.Records;
using MarketoLambda.Sync.Jobs;
using MarketoLambda.Sync.Mapping;
using MarketoLambda.Sync.Sources;
using MarketoLambda.Testing;

namespace MarketoLambda.Sync.Tests.Mapping;

public sealed class JobFitTests
{
    [Theory]
    [InlineData("date", "TT.MM.JJJJ")]
    [InlineData("date", "YYYY-MM-DD")]
    [InlineData("date", "yyyy-mm-dd")]
    [InlineData("date", "dd.MM.")]
    [InlineData("date", "foo")]
    [InlineData("date", "%")]
    [InlineData("datetime", "foo")]
    [InlineData("datetime", "HH:mm")]
    [InlineData("datetime", "yyyy-MM-dd hh:mm")]
    [InlineData("datetime", "yyyy-MM-dd MM:ss")]
    public void A_format_that_cannot_read_a_date_is_refused_with_one_that_can(string dataType, string format)
    {
        var mistake = Assert.Single(Mistakes(dataType, format));

        Assert.StartsWith($"\"{format}\" of the field \"at\" is not a .NET format of a {dataType}", mistake, StringComparison.Ordinal);
        Assert.Contains("\"dd.MM.yyyy", mistake, StringComparison.Ordinal);
        Assert.Contains("23.11.2026", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("date", "yyyy-MM-dd")]
    [InlineData("date", "dd.MM.yyyy HH:mm")]
    [InlineData("date", "d/M/yy")]
    [InlineData("date", "d MMMM yyyy")]
    [InlineData("date", "yyyyMMdd")]
    [InlineData("date", "o")]
    [InlineData("datetime", "dd.MM.yyyy")]
    [InlineData("datetime", "dd.MM.yyyy HH")]
    [InlineData("datetime", "dd.MM.yyyy HH:mm")]
    [InlineData("datetime", "M/d/yyyy h:mm:ss tt")]
    [InlineData("datetime", "yyyy-MM-dd'T'HH:mm:sszzz")]
    [InlineData("datetime", "yyyy-MM-dd'T'HH:mm:ss.fffK")]
    [InlineData("datetime", "r")]
    public void A_format_that_reads_a_date_is_left_alone(string dataType, string format) => Assert.Empty(Mistakes(dataType, format));

    [Theory]
    [InlineData("string")]
    [InlineData("integer")]
    public void A_format_of_anything_but_dates_and_times_is_refused(string dataType) => Assert.Equal(
        [$"the field \"at\" is of type {dataType}, and \"format\" is for date and datetime only; remove it"],
        Mistakes(dataType, "yyyy-MM-dd"));

    private static IEnumerable<string> Mistakes(string dataType, string format)
    {
        ListSource source = new()
        {
            Conventions = new SourceConventions(CultureInfo.GetCultureInfo("en-US"), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")),
        };
        SyncJob job = new("car_c", source, ["vin"], [new FieldMapping("vin", "VIN"), new FieldMapping("at", "At", format)]);
        RecordField[] fields =
        [
            new("vin", "VIN", "string", 255, IsUpdateable: true),
            new("at", "At", dataType, Length: null, IsUpdateable: true),
        ];
        return JobFit.Mistakes(job, new RecordTypeDescription("car_c", "Car", ["vin"], fields));
    }
}
