namespace MarketoLambda.Marketo.Calls;

/// <summary>Keeps retries to a tenth of the calls that succeed: a Marketo in trouble is not burdened with twice the calls.</summary>
/// <remarks>
/// A store of 20, which a success fills by a tenth and time by one in three minutes, so that a short run in a process that
/// lives long finds some, too. 20, because an outage met by five calls at once costs them 15 retries before it fails them.
/// The last five are for the program's own records: imports stop first, and the run can still say how it ended. Pauses
/// after 606 and 615 are free (see <see cref="RetryPolicy.MaxRefusals"/>): they say that there are too many calls, of
/// whomever, and are answered by sending fewer, not by failing. Source of the tenth: Google, Site Reliability Engineering,
/// "Handling Overload".
/// </remarks>
internal sealed class RetryBudget(TimeProvider time)
{
    private const decimal Max = 20;
    private const decimal ForStateOnly = 5;
    private const decimal PerSuccess = 0.1m;
    private static readonly TimeSpan PerTime = TimeSpan.FromMinutes(3);

    private readonly Lock _gate = new();
    private decimal _spent;
    private long _filledAt = time.GetTimestamp();

    /// <summary>A call succeeded.</summary>
    public void Earn()
    {
        lock (_gate)
        {
            Fill(PerSuccess);
        }
    }

    /// <summary>Takes a retry out of the store; false when there is none left for that purpose.</summary>
    public bool TryTake(CallPurpose purpose)
    {
        lock (_gate)
        {
            Fill((decimal)(time.GetElapsedTime(_filledAt) / PerTime));
            _filledAt = time.GetTimestamp();
            if (_spent + 1 > (purpose == CallPurpose.State ? Max : Max - ForStateOnly))
            {
                return false;
            }

            _spent++;
            return true;
        }
    }

    private void Fill(decimal retries) => _spent = Math.Max(0, _spent - retries);
}
