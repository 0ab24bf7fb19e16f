using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>
/// How one destination is reached from one address of this host: the interface, the next hop, and how large a packet may be. One object per pair, shared by
/// whatever sends there; the internet layer keeps it up to date.
/// </summary>
internal sealed class IpPath
{
    public IpPath(IpAddress source, IpAddress destination, NetworkInterface outgoing, IpAddress nextHop)
    {
        Source = source;
        Destination = destination;
        Interface = outgoing;
        NextHop = nextHop;
        Mtu = outgoing.Mtu;
    }

    /// <summary>This host's address.</summary>
    public IpAddress Source { get; }

    /// <summary>The final destination.</summary>
    public IpAddress Destination { get; }

    /// <summary>The interface that leads there now.</summary>
    public NetworkInterface Interface { get; internal set; }

    /// <summary>The neighbor that leads there now: a router, or the destination itself.</summary>
    public IpAddress NextHop { get; internal set; }

    /// <summary>The largest packet that is believed to pass, IP header included, in octets (RFC 1191, RFC 8201). Never more than the interface's MTU.</summary>
    public int Mtu { get; internal set; }

    /// <summary>False once no route leads there: packets are dropped until one does.</summary>
    public bool IsUsable { get; internal set; } = true;

    /// <summary>Set by an upper layer that saw the destination make progress, so that a neighbor is not probed in vain (RFC 4861 §7.3.1); the internet layer takes it back.</summary>
    public bool SawProgress { get; set; }
}
