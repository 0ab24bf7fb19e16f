using System.Text;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>Two endpoints, put into words where a line needs them: "192.0.2.1:40112 → 192.0.2.2:443".</summary>
internal readonly record struct IpRoute(IpEndpoint Source, IpEndpoint Destination)
{
    // Two addresses of IPv6 with ports.
    private const int Room = 256;

    public override string ToString()
    {
        var line = new SummaryBuffer(stackalloc byte[Room]);
        line.AddRoute(Source.Address, Source.Port, Destination.Address, Destination.Port);
        return Encoding.UTF8.GetString(line.Written);
    }
}
