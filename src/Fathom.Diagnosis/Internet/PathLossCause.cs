using System.Globalization;

namespace Fathom.Diagnosis.Internet;

/// <summary>Loss that persists to the target.</summary>
internal static class PathLossCause
{
    /// <summary>The loss rate that the 95 % lower bound must exceed (the contract): TCP over a path that loses 3 % crawls.</summary>
    public const double Threshold = 0.03;

    /// <summary>Judges a series of probes.</summary>
    /// <param name="loss">The series; null where none was made.</param>
    /// <param name="target">The target, for the text.</param>
    /// <param name="seenByTcp">TCP itself had to retransmit; else a limit on ICMP looks alike.</param>
    public static Finding? Judge(LossObservation? loss, string target, bool seenByTcp)
    {
        if (loss is null || loss.LowerBound <= Threshold) return null;
        var percent = (loss.Rate * 100).ToString("0", CultureInfo.InvariantCulture);
        var bound = (loss.LowerBound * 100).ToString("0", CultureInfo.InvariantCulture);
        return new Finding(Causes.PathLoss, Severity.Warn, Stage.Path,
            $"The path to {target} loses packets: {loss.Lost} of {loss.Sent} {loss.What} got no answer ({percent} %; at least {bound} % with 95 % confidence).", loss.Evidence)
        {
            Confidence = seenByTcp ? Confidence.Certain : Confidence.Likely,
            Alternatives = seenByTcp ? [] : [new Alternative(Causes.PathFiltered, "Repeat the series slowly, one a second: a limit on ICMP then lets all of them pass.")],
            Fix = "Look for a bad link or an overloaded one: Wi-Fi, a duplex mismatch, a full uplink. Probe hop by hop to see where loss begins and persists.",
        };
    }
}
