using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sync.Mapping;

/// <summary>
/// Counts values that were written for Excel, and keys that were written by it, where the job does not say what is to become of them.
/// </summary>
internal sealed class ExcelNotices
{
    private const string Form =
        "written for Excel, as =\"…\" or with an apostrophe before a number, the first here; they are sent as they stand. "
        + "Set \"excelText\" of the source to \"unwrap\" to send what they mean, or to \"keep\" to leave them so";

    private const string Cut =
        "such as 1.23E+12, as Excel writes long numbers when it saves a file, the first here: most of their digits are lost, and keys that "
            + "were different may be the same now; "
        + "they are sent as they stand. Fetch the file again from where it comes from, with the column as text, or set \"excelText\" of "
        + "the source to \"keep\" if they are meant so";

    private readonly ValueTally _texts = new("excel-text", $"is {Form}", $"are {Form}");
    private readonly ValueTally _numbers = new("excel-number", $"is a key {Cut}", $"are keys {Cut}");

    /// <summary>Where some were seen.</summary>
    public IEnumerable<SourceNotice> Notices => new[] { _texts.Notice, _numbers.Notice }.OfType<SourceNotice>();

    /// <param name="location">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="value">Its value.</param>
    /// <param name="isKey">It fills a dedupe field.</param>
    /// <param name="isUnwrapped">What is written for Excel is sent as what it means: only what Excel wrote is to be told.</param>
    public void At(SourceLocation location, string column, object? value, bool isKey, bool isUnwrapped)
    {
        if (value is not string { Length: > 1 } text)
        {
            return;
        }

        if (text[0] is '=' or '\'' && ExcelText.TryUnwrap(text, out _))
        {
            if (!isUnwrapped)
            {
                _texts.Add(location, column);
            }
        }
        else if (isKey && ExcelDamage.IsCutNumber(text))
        {
            _numbers.Add(location, column);
        }
    }
}
