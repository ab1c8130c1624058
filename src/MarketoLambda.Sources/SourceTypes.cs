using MarketoLambda.Sources.Csv;
using MarketoLambda.Sources.Excel;
using MarketoLambda.Sources.JsonLines;
using MarketoLambda.Sources.Postgres;
using MarketoLambda.Sources.S3;
using MarketoLambda.Sources.Salesforce;
using MarketoLambda.Sync.JobFiles;
using Microsoft.Extensions.Configuration;

namespace MarketoLambda.Sources;

/// <summary>Every source a job file may name.</summary>
public static class SourceTypes
{
    /// <param name="settings">All settings of the host; a source finds its connections in the section <c>Connections</c>.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<ISourceType> All(IConfiguration settings, TimeProvider time) =>
    [
        new CsvSourceType(time), new ExcelSourceType(time), new JsonLinesSourceType(time), new S3SourceType(time),
        new PostgresSourceType(settings), new SalesforceSourceType(settings, time),
    ];
}
