using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>
/// How one destination is reached from one address of this host: the interface, the next hop, and how large a packet may be. One object per pair, shared by
/// whatever sends there. What depends on routes, neighbors or reports is looked up again when any of these has changed since.
/// </summary>
internal sealed class IpPath
{
    private readonly PathFinder? _finder;
    private uint _version;
    private NetworkInterface _interface;
    private IpAddress _nextHop;
    private int _mtu;
    private bool _isUsable = true;
    private NeighborEntry? _neighbor;
    private ulong _labeledFlow;
    private uint _flowLabel;

    public IpPath(IpAddress source, IpAddress destination, NetworkInterface outgoing, IpAddress nextHop, PathFinder? finder = null)
    {
        Source = source;
        Destination = destination;
        _interface = outgoing;
        _nextHop = nextHop;
        _mtu = outgoing.MtuOf(destination.Version);
        _finder = finder;
    }

    /// <summary>This host's address.</summary>
    public IpAddress Source { get; }

    /// <summary>The final destination.</summary>
    public IpAddress Destination { get; }

    /// <summary>The interface that leads there now.</summary>
    public NetworkInterface Interface
    {
        get => Fresh()._interface;
        internal set => _interface = value;
    }

    /// <summary>The neighbor that leads there now: a router, or the destination itself.</summary>
    public IpAddress NextHop
    {
        get => Fresh()._nextHop;
        internal set => _nextHop = value;
    }

    /// <summary>The largest packet that is believed to pass, IP header included, in octets (RFC 1191, RFC 8201). Never more than the interface's MTU.</summary>
    public int Mtu
    {
        get => Fresh()._mtu;
        internal set => _mtu = value;
    }

    /// <summary>False once no route leads there: packets are dropped until one does.</summary>
    public bool IsUsable
    {
        get => Fresh()._isUsable;
        internal set => _isUsable = value;
    }

    /// <summary>Set by an upper layer that saw the destination make progress, so that a neighbor is not probed in vain (RFC 4861 §7.3.1); the internet layer takes it back.</summary>
    public bool SawProgress { get; set; }

    /// <summary>The packet's identification where it may be fragmented (RFC 6864); the next one.</summary>
    internal uint NextIdentification { get; set; }

    /// <summary>The neighbor as it was last found.</summary>
    internal ref NeighborEntry? Neighbor => ref _neighbor;

    /// <summary>The flow label of a flow on this path (RFC 6437 §3): the same for all of its packets, another for another flow, and nobody's guess. 0 for a path that nothing remembers.</summary>
    /// <param name="protocol">The flow's protocol.</param>
    /// <param name="ports">Source and destination port, the source's in the upper half; 0 where there are none.</param>
    internal uint FlowLabelOf(IpProtocol protocol, uint ports)
    {
        // Packets of one flow come in rows, so the last one's label is nearly always the next one's.
        var flow = ((ulong)protocol << 32) | ports;
        if (_finder is null || flow == _labeledFlow) return _flowLabel;
        _labeledFlow = flow;
        return _flowLabel = _finder.FlowLabelOf(this, flow);
    }

    private IpPath Fresh()
    {
        if (_finder is null || _version == _finder.Version) return this;
        _version = _finder.Version;
        _finder.Refresh(this);
        return this;
    }
}
