using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>What an upper layer's dissector needs to know about the IP packet around it.</summary>
/// <param name="Source">The packet's source.</param>
/// <param name="Destination">The packet's destination.</param>
/// <param name="FinalDestination">The destination in the pseudo-header.</param>
internal readonly record struct IpEnvelope(IpAddress Source, IpAddress Destination, IpAddress FinalDestination)
{
    internal string Route => $"{Source} → {Destination}";

    internal string RouteOf(ushort sourcePort, ushort destinationPort)
        => $"{new IpEndpoint(Source, sourcePort)} → {new IpEndpoint(Destination, destinationPort)}";
}
