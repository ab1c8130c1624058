using System.Globalization;
using Amazon.Runtime;

namespace MarketoLambda.Sources.S3;

/// <summary>Compares S3's clock with ours, by the header <c>Date</c> of its answers: objects are stamped by S3's.</summary>
internal sealed class BucketClock(TimeProvider time)
{
    private const string Header = "Date";

    /// <summary>How far S3's clock was ahead when it answered last.</summary>
    public TimeSpan Ahead { get; private set; }

    public void Watch(AmazonServiceClient client) => client.AfterResponseEvent += (_, answer) =>
    {
        if (answer is WebServiceResponseEventArgs { ResponseHeaders: { } headers } && headers.TryGetValue(Header, out var date))
        {
            Seen(date);
        }
    };

    /// <param name="date">As HTTP writes it, in whole seconds.</param>
    public void Seen(string? date) =>
        Ahead = DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var theirs)
            ? theirs - time.GetUtcNow()
            : Ahead;
}
