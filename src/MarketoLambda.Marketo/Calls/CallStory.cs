namespace MarketoLambda.Marketo.Calls;

/// <summary>What one call went through so far.</summary>
internal sealed class CallStory
{
    /// <summary>Tries that failed, without those refused as one too many.</summary>
    public int Tries { get; private set; }

    /// <summary>Refusals as one too many that followed each other.</summary>
    public int Refusals { get; private set; }

    /// <summary>Times the token was renewed since anything else came of it.</summary>
    public int Renewals { get; set; }

    /// <summary>Some try of a write may have had its effect although nobody confirmed it.</summary>
    public bool MayHaveBeenExecuted { get; private set; }

    public void Fail(bool mayHaveBeenExecuted)
    {
        Tries++;
        (Refusals, Renewals) = (0, 0);
        MayHaveBeenExecuted |= mayHaveBeenExecuted;
    }

    public void Refuse()
    {
        Refusals++;
        Renewals = 0;
    }
}
