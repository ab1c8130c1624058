using MarketoLambda.Sources.Passes;
using MarketoLambda.Sources.Salesforce.Client;
using MarketoLambda.Sources.Salesforce.Rows;
using MarketoLambda.Sources.Salesforce.Soql;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.Salesforce;

/// <summary>Tells the time by which records are stamped, and never a later one.</summary>
/// <remarks>
/// The header <c>Date</c> of an answer is the organisation's clock, unless something in between writes it. A pass that ends ahead of the
/// true time leaves
/// records behind, so a date far ahead of this machine's clock needs a witness: no stamp of a record is ever in the future. Behind is
/// harmless.
/// </remarks>
internal sealed class OrganisationClock(SalesforceClient client, SoqlText soql, Selection selection, TimeProvider time)
{
    /// <summary>So much two clocks that are set by the network may differ.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The time, and what to tell where it is in doubt.</summary>
    /// <exception cref="SourceException">Answers have no date.</exception>
    public async Task<(DateTimeOffset Now, TableNotice? Doubt)> ReadAsync(CancellationToken cancellationToken)
    {
        var date = client.Date ?? throw new SourceException(
            $"Answers of Salesforce at {client.Connection.LoginUrl.Host} tell no time; does a proxy in between take the header Date away? "
                + "Without it a pass cannot be bounded");
        var here = time.GetUtcNow();
        if (date - here <= Tolerance)
        {
            return (date, null);
        }

        var newest = await NewestAsync(cancellationToken);
        var proven = newest > here ? newest.Value : here;
        return date <= proven ? (date, null) : (proven, new TableNotice(
            "clock-ahead",
            $"Salesforce's answers are dated {date.UtcDateTime:u}, and this machine's clock says {here.UtcDateTime:u}: until one of them "
                + $"is set right, only what was changed before {proven.UtcDateTime:u} is read; check this machine's clock, and what "
                + "stands in between"));
    }

    private async Task<DateTimeOffset?> NewestAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.QueryAsync(soql.Last(), selection.WithDeleted, answer =>
                JsonRows.Second(answer, selection), cancellationToken);
        }
        catch (SalesforceException timeout) when (timeout.Code == SalesforceException.QueryTimeout)
        {
            return null;
        }
    }
}
