using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Internet;

/// <summary>An error that the network, or the host's own stack, reported for something that was sent.</summary>
/// <param name="Origin">Who said so.</param>
/// <param name="Type">The ICMP or ICMPv6 type. For <see cref="NetworkErrorOrigin.Local"/>, of the message that the host sent to itself (its destination's version); 0 where it needed none.</param>
/// <param name="Code">The ICMP or ICMPv6 code, likewise.</param>
/// <param name="Reporter">The node that sent the ICMP message; null for a local error, or where the system does not tell.</param>
/// <param name="Destination">Where the packet that caused it was going; null where the system does not tell.</param>
/// <param name="NextHopMtu">The MTU reported with "fragmentation needed" or "packet too big" (or known locally), in octets; else null.</param>
/// <param name="SystemError">The system's errno (Linux numbers); 0 where there is none.</param>
/// <param name="Timestamp">When it was read, in ticks of the host's <see cref="TimeProvider"/>.</param>
/// <param name="Quoted">What the report quoted of the packet's transport payload (for echo: from the ICMP header on); may be empty.</param>
public sealed record NetworkError(
    NetworkErrorOrigin Origin,
    byte Type,
    byte Code,
    IpAddress? Reporter,
    IpEndpoint? Destination,
    int? NextHopMtu,
    int SystemError,
    long Timestamp,
    ReadOnlyMemory<byte> Quoted)
{
    /// <summary>The hop limit that was left in the ICMP message itself: how far its sender is on the way back. Null where the system does not tell.</summary>
    public byte? HopLimit { get; init; }

    /// <summary>The message's extension structure (RFC 4884 §7), from its header on: MPLS labels (RFC 4950). Empty where none came, or the system does not tell.</summary>
    public ReadOnlyMemory<byte> Extensions { get; init; }
}
