using System.Globalization;
using System.Text;
using MarketoLambda.Sources.Csv;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Benchmarks;

/// <summary>The file and the object all benchmarks use: nine columns as in the demo, about 120 bytes a row.</summary>
internal static class BenchmarkFile
{
    public const string ApiName = "implementedProductV1_c";

    public static string[] Columns { get; } =
    ["serialNumber", "productName", "accountName", "quantity", "listPrice", "isActive", "implementedOn", "modifiedAt", "notes"];

    /// <summary>Writes a folder with one file of that many rows.</summary>
    public static string Write(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("marketo-lambda-benchmark-").FullName;
        UTF8Encoding withoutMark = new(encoderShouldEmitUTF8Identifier: false);
        using StreamWriter file = new(Path.Combine(folder, "products.csv"), append: false, withoutMark, bufferSize: 1 << 16);
        file.WriteLine(string.Join(',', Columns));
        for (var row = 0; row < rows; row++)
        {
            file.WriteLine(string.Join(',', Cells(row)));
        }

        return folder;
    }

    /// <summary>The source that reads that folder.</summary>
    public static ISource In(string folder) =>
        new CsvFolderSource(folder, new CsvFolderOptions { SettleTime = TimeSpan.Zero }, TimeProvider.System);

    /// <summary>The cells of a row.</summary>
    public static string[] Cells(int row) =>
        [
            string.Create(CultureInfo.InvariantCulture, $"SN-{row:00000000}"),
            "Wärmepumpe S",
            "Nordlys A/S",
            "3",
            "1249.50",
            "true",
            "2026-11-20",
            "2026-11-20T12:34:56Z",
            "second visit needed",
        ];

    /// <summary>The body that Marketo gets for the rows from <paramref name="first"/>, made once and by hand.</summary>
    public static byte[] Body(int first, int count)
    {
        StringBuilder body = new("{\"action\":\"createOrUpdate\",\"dedupeBy\":\"dedupeFields\",\"input\":[");
        for (var row = first; row < first + count; row++)
        {
            var cells = Cells(row);
            body.Append(row == first ? "{" : ",{");
            for (var column = 0; column < cells.Length; column++)
            {
                var isBare = Columns[column] is "quantity" or "listPrice" or "isActive";
                body.Append(column == 0 ? "\"" : ",\"")
                    .Append(Columns[column])
                    .Append(isBare ? "\":" : "\":\"")
                    .Append(cells[column])
                    .Append(isBare ? "" : "\"");
            }

            body.Append('}');
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }
}
