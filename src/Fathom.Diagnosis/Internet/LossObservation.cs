namespace Fathom.Diagnosis.Internet;

/// <summary>How many of a series of probes to the target were answered.</summary>
/// <param name="Sent">Probes sent.</param>
/// <param name="Lost">Probes without an answer.</param>
/// <param name="What">What was sent: "echo requests".</param>
/// <param name="Evidence">Ids of the evidence.</param>
internal sealed record LossObservation(int Sent, int Lost, string What, IReadOnlyList<string> Evidence)
{
    // 95 %, two-sided: the normal quantile of 0.975.
    private const double Z = 1.959964;

    public double Rate => Sent == 0 ? 0 : (double)Lost / Sent;

    /// <summary>The lower end of the 95 % confidence interval of the loss rate (Wilson's score interval).</summary>
    public double LowerBound
    {
        get
        {
            if (Sent == 0) return 0;
            var (n, p) = ((double)Sent, Rate);
            var center = p + (Z * Z / (2 * n));
            var margin = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
            return Math.Max(0, (center - margin) / (1 + (Z * Z / n)));
        }
    }
}
