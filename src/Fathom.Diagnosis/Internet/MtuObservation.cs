using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Internet;

/// <summary>What sizes pass to an address without fragmentation.</summary>
/// <param name="LargestPassed">The largest packet that was answered, in octets of IP packet; null if none was.</param>
/// <param name="SmallestLost">The smallest packet that vanished in silence; null if none did.</param>
/// <param name="Reported">The MTU that somebody reported, or null.</param>
/// <param name="ReportedBy">Who, or null.</param>
/// <param name="Evidence">Ids of the evidence.</param>
internal sealed record MtuObservation(int? LargestPassed, int? SmallestLost, int? Reported, IpAddress? ReportedBy, IReadOnlyList<string> Evidence)
{
    /// <summary>A size that passes had to be tried again: packets are lost whatever their size, and what seems a limit may be chance.</summary>
    public bool IsLossy { get; init; }
}
