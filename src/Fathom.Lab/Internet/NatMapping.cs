using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>One mapping of an address translator, as it stands now.</summary>
/// <param name="Protocol">TCP, UDP, or ICMP for echoes, whose identifiers stand in the place of ports.</param>
/// <param name="Internal">The host's own address and port.</param>
/// <param name="External">What the world sees.</param>
/// <param name="Peers">The far ends that were spoken to and are not forgotten, in the order of their addresses.</param>
/// <param name="Until">When it ends unless it is used; null: it was set by hand and stays.</param>
public sealed record NatMapping(IpProtocol Protocol, IpEndpoint Internal, IpEndpoint External, IReadOnlyList<IpEndpoint> Peers, TimeSpan? Until);
