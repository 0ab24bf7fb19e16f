namespace Fathom.Stack.Internet;

/// <summary>So many at once, and so many a second (RFC 4443 §2.4f). The default value is a bucket that was never asked, and is full.</summary>
internal struct TokenBucket
{
    private TimeSpan _fullAt;

    /// <summary>Takes a token, if one is there.</summary>
    /// <param name="now">The time.</param>
    /// <param name="rate">Tokens a second.</param>
    /// <param name="burst">Tokens that a full bucket holds.</param>
    public bool TryTake(TimeSpan now, int rate, int burst)
    {
        if (rate <= 0) return false;

        // The time at which the bucket would be full again stands for how empty it is.
        var cost = TimeSpan.FromSeconds(1) / rate;
        var full = _fullAt < now ? now : _fullAt;
        if (full + cost - now > cost * burst) return false;
        _fullAt = full + cost;
        return true;
    }
}
