namespace Fathom.Diagnosis.Internet;

/// <summary>Round trips far above what the path needs.</summary>
internal static class PathLatencyCause
{
    // The shortest round trip of a series shows what the path needs at the most; who waits three tenths of a second on top of it waits in a queue. Wi-Fi and cellular vary by a tenth or two.
    private static readonly TimeSpan Queueing = TimeSpan.FromMilliseconds(300);

    // Half around the Earth and back are 40,000 km: 200 ms in fiber, and half as much again for the detours of cables.
    private static readonly TimeSpan LongestByCable = TimeSpan.FromMilliseconds(400);

    /// <summary>Judges a series of round trips.</summary>
    /// <param name="latency">The series; null where none was made.</param>
    /// <param name="target">The target, for the text.</param>
    public static Finding? Judge(LatencyObservation? latency, string target)
    {
        if (latency is null) return null;
        var isVaried = latency.Usual - latency.Shortest > Queueing;
        if (!isVaried && latency.Shortest <= LongestByCable) return null;
        var what = isVaried
            ? $"Round trips to {target} take {Text.Ms(latency.Shortest)} at the least, which is enough for the path, and up to {Text.Ms(latency.Usual)} for nine of ten: packets wait somewhere."
            : $"Round trips to {target} take {Text.Ms(latency.Shortest)} at the least: no cable on Earth is that long.";
        return new Finding(Causes.PathLatency, Severity.Warn, Stage.Path, what, latency.Evidence)
        {
            Confidence = isVaried ? Confidence.Certain : Confidence.Likely,
            Fix = "Look for a full queue at the hop where the time jumps: a saturated uplink, Wi-Fi. A satellite link needs 600 ms by itself.",
            Alternatives = isVaried ? [] : [new Alternative(Causes.PathLoss, "Trace the path, and see at which hop the time jumps: a satellite there explains it; a radio link that loses frames and repeats them looks the same.")],
        };
    }
}
