namespace Fathom.Probes.Internet.Ping;

/// <summary>What a rate may be when k of n were seen.</summary>
/// <param name="Low">The lower end, 0 to 1.</param>
/// <param name="High">The upper end, 0 to 1.</param>
public readonly record struct RateInterval(double Low, double High)
{
    // The normal distribution's 97.5 % quantile: 95 % lie between its negative and itself.
    private const double Quantile = 1.959963984540054;

    /// <summary>The score interval of Wilson (1927) for 95 % confidence: it holds for few probes and for rates near 0 and 1, where the usual one does not.</summary>
    /// <param name="hits">How many.</param>
    /// <param name="trials">Of how many; 0 gives 0 to 1.</param>
    public static RateInterval Wilson(long hits, long trials)
    {
        if (trials <= 0) return new RateInterval(0, 1);
        double n = trials;
        var rate = hits / n;
        var square = Quantile * Quantile;
        var center = (rate + (square / (2 * n))) / (1 + (square / n));
        var half = Quantile / (1 + (square / n)) * Math.Sqrt((rate * (1 - rate) / n) + (square / (4 * n * n)));
        return new RateInterval(hits == 0 ? 0 : Math.Max(0, center - half), hits == trials ? 1 : Math.Min(1, center + half));
    }
}
