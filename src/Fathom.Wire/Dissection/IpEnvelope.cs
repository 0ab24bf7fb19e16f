using System.Text;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>What an upper layer's dissector needs to know about the IP packet around it.</summary>
/// <param name="Source">The packet's source.</param>
/// <param name="Destination">The packet's destination.</param>
/// <param name="FinalDestination">The destination in the pseudo-header.</param>
internal readonly record struct IpEnvelope(IpAddress Source, IpAddress Destination, IpAddress FinalDestination)
{
    // Two addresses of IPv6 with ports, and a name before and behind them.
    private const int Room = 256;

    internal string Route
    {
        get
        {
            var line = new SummaryBuffer(stackalloc byte[Room]);
            line.AddRoute(Source, Destination);
            return Encoding.UTF8.GetString(line.Written);
        }
    }

    internal IpRoute RouteOf(ushort sourcePort, ushort destinationPort) => new(new IpEndpoint(Source, sourcePort), new IpEndpoint(Destination, destinationPort));

    /// <summary>"IPv4 192.0.2.1 → 192.0.2.2 TCP".</summary>
    internal string Summarize(string version, IpProtocol protocol)
    {
        var line = new SummaryBuffer(stackalloc byte[Room]);
        line.Add(version);
        line.Add(" "u8);
        line.AddRoute(Source, Destination);
        line.Add(" "u8);
        line.Add(protocol.Describe());
        return Encoding.UTF8.GetString(line.Written);
    }
}
