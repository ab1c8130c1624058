using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MarketoLambda.Cli.Demo;

/// <summary>Sample files with the quirks of real ones: a byte-order mark, line breaks in cells, gzip, a moved column, bad rows.</summary>
internal sealed class DemoFiles(string folder, DateOnly today)
{
    /// <summary>A serial number of which the first files have two rows.</summary>
    public const string Replaced = "SN-000601";

    private const string Header = "Serial Number,Product Name,Account,Quantity,List Price,Active,Implemented On,Modified At,Notes";

    private static readonly string[] Products = ["Boiler 300", "Wärmepumpe S", "Solar Panel 4×4", "\"Pump \"\"Midi\"\"\"", "Thermostat"];
    private static readonly string[] Accounts = ["\"Müller, Söhne & Co\"", "Acme", "Łódź Energia", "Nordlys A/S"];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly UTF8Encoding Utf8WithMark = new(encoderShouldEmitUTF8Identifier: true);

    private readonly HashSet<string> _serialNumbers = [];

    /// <summary>Where files are dropped.</summary>
    public string Drop { get; } = Path.Combine(folder, "drop");

    public string Jobs { get; } = Path.Combine(folder, "jobs.json");

    /// <summary>Serial numbers of all good rows written so far: what Marketo must hold in the end.</summary>
    public IReadOnlySet<string> SerialNumbers => _serialNumbers;

    /// <summary>Writes the job file and the first three files.</summary>
    public void WriteFirst()
    {
        Directory.CreateDirectory(Drop);
        JobFileOfDemo.Write("jobs.json", Jobs);
        WriteWithLineBreaks();
        WriteCompressed();
        WriteWithBadRows();
    }

    /// <summary>One more file, as a nightly export would drop it: new rows, and changes of old ones.</summary>
    public void WriteNext() => Write(Name(daysAgo: 1), [Header, .. Rows(550, 180, daysAgo: 1)]);

    /// <summary>A file large enough to be interrupted.</summary>
    public void WriteLarge(int rows) => Write(Name(daysAgo: 0), [Header, .. Rows(10_000, rows, daysAgo: 0)]);

    private void WriteWithLineBreaks()
    {
        const string noteOverTwoLines = "\"Installed by Jörg.\r\nSecond visit needed, says \"\"Facilities\"\".\"";
        string[] lines = [Header, .. Rows(0, 200, daysAgo: 4)];
        lines[3] += noteOverTwoLines;
        File.WriteAllText(Path.Combine(Drop, Name(daysAgo: 4)), string.Join("\r\n", lines), Utf8WithMark);
    }

    private void WriteCompressed()
    {
        using GZipStream file = new(File.Create(Path.Combine(Drop, Name(daysAgo: 3) + ".gz")), CompressionLevel.Optimal);
        file.Write(Utf8.GetBytes(string.Join('\n', [Header, .. Rows(200, 400, daysAgo: 3)])));
    }

    // Another column in front, three rows with mistakes of the kind people make, and a row that a later one replaces.
    private void WriteWithBadRows()
    {
        var date = Day(daysAgo: 2);
        Write(
            Name(daysAgo: 2),
            [
                "Region," + Header,
                .. Rows(600, 50, daysAgo: 2).Select(row => "EMEA," + row),
                $"EMEA,SN-BAD001,Boiler 300,Acme,1,99.50,yes,{date:dd.MM.yyyy},{date:yyyy-MM-dd}T09:00:00Z,",
                $"EMEA,,Boiler 300,Acme,1,99.50,yes,{date:yyyy-MM-dd},{date:yyyy-MM-dd}T09:00:00Z,no serial number",
                $"EMEA,SN-BAD003,Boiler 300,Acme,1,99.50,yes,{date:yyyy-MM-dd},{date:yyyy-MM-dd}T09:00:00Z,one cell,too many",
                $"EMEA,{Replaced},Boiler 300,Acme,7,99.50,no,{date:yyyy-MM-dd},{date:yyyy-MM-dd}T10:00:00Z,\"the second row of {Replaced}, "
                    + "and the one that counts\"",
            ]);
    }

    private void Write(string name, IEnumerable<string> lines) =>
        File.WriteAllText(Path.Combine(Drop, name), string.Join('\n', lines) + "\n", Utf8);

    private string Name(int daysAgo) => string.Create(CultureInfo.InvariantCulture, $"products-{Day(daysAgo):yyyy-MM-dd}.csv");

    private DateOnly Day(int daysAgo) => today.AddDays(-1 - daysAgo);

    private IEnumerable<string> Rows(int first, int count, int daysAgo)
    {
        foreach (var number in Enumerable.Range(first, count))
        {
            var serialNumber = $"SN-{number:000000}";
            _serialNumbers.Add(serialNumber);
            var modified = Day(daysAgo).ToDateTime(TimeOnly.MinValue).AddSeconds(number - first);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{serialNumber},{Products[number % Products.Length]},{Accounts[number % Accounts.Length]},{1 + (number % 9)},"
                    + $"{99.5m + number:0.00},"
                    + $"{(number % 7 == 0 ? "no" : "yes")},{modified:yyyy-MM-dd},{modified:yyyy-MM-ddTHH:mm:ss}Z,");
        }
    }
}
