using System.Text;
using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.JobFiles;

/// <summary>The text of a job file: UTF-8, or what its byte-order mark says.</summary>
public static class JobFileText
{
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">Where they are from: named in messages.</param>
    /// <exception cref="JobFileException">It is none, as where an editor saved it in the encoding of a country.</exception>
    public static string Decode(byte[] bytes, string path)
    {
        try
        {
            using StreamReader reader = new(
                new MemoryStream(bytes),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new JobFileException(
                Path.GetFileName(path),
                [new JobProblem(LineOfInvalid(bytes), "this is not UTF-8; save the file with the encoding UTF-8, as editors offer it")]);
        }
    }

    private static int LineOfInvalid(byte[] bytes)
    {
        for (var (start, line) = (0, 1); start < bytes.Length; line++)
        {
            var length = Array.IndexOf(bytes, (byte)'\n', start) is var end and >= 0 ? end + 1 - start : bytes.Length - start;
            if (!System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(start, length)))
            {
                return line;
            }

            start += length;
        }

        return 1;
    }
}
