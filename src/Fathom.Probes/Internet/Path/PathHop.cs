using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Path;

/// <summary>What one hop limit showed.</summary>
/// <param name="HopLimit">The hop limit of the probe, from 1.</param>
/// <param name="Address">Who answered; null if nobody did.</param>
/// <param name="RoundTrip">How long the answer took; null if there was none.</param>
/// <param name="Meaning">What the answer said; <see cref="IcmpMeaning.Other"/> with an address means the destination's own answer.</param>
/// <param name="Error">The ICMP error, or null for silence or the destination's own answer.</param>
/// <param name="IsDestination">The destination itself answered: an echo reply, SYN-ACK, RST, or its port unreachable.</param>
public sealed record PathHop(byte HopLimit, IpAddress? Address, TimeSpan? RoundTrip, IcmpMeaning Meaning, NetworkError? Error, bool IsDestination)
{
    /// <summary>The host could not send this probe.</summary>
    public bool WasNotSent { get; init; }

    /// <summary>The hop limit left in the answer: how far its sender is on the way back. Null where the host does not tell.</summary>
    public byte? HopLimitLeft { get; init; }
}
