using Fathom.Lab.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>The flows that a firewall has let begin.</summary>
internal sealed class FlowMemory(int limit)
{
    // As an address translator's (RFC 4787 REQ-5, RFC 5508 REQ-2): who is in the middle sees no more of a flow's end than that.
    private static readonly TimeSpan DatagramTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(60);

    private readonly Dictionary<(IpProtocol Protocol, IpEndpoint Lower, IpEndpoint Upper), FlowState> _flows = [];

    public int Count => _flows.Count;

    /// <summary>True for a packet of a flow that lives; the flow then lives on.</summary>
    public bool Continues(in TransitPacket packet, TimeSpan now)
    {
        if (Find(packet.Protocol, packet.From, packet.To, now) is not { } flow) return false;
        Touch(flow, packet, now);
        return true;
    }

    /// <summary>True for an error about a flow that lives.</summary>
    public bool Quotes(in TransitPacket error, TimeSpan now)
        => TransitPacket.TryReadQuoted(error.Quoted, out var quoted) && quoted.HasPorts && Find(quoted.Protocol, quoted.From, quoted.To, now) is not null;

    /// <summary>Remembers a flow from its first packet on; where there is no room it is not.</summary>
    public void Begin(in TransitPacket packet, TimeSpan now)
    {
        if (_flows.Count >= limit) Prune(now);
        if (_flows.Count >= limit) return;
        var flow = new FlowState(packet.From);
        _flows[KeyOf(packet.Protocol, packet.From, packet.To)] = flow;
        Touch(flow, packet, now);
    }

    public void Clear() => _flows.Clear();

    private FlowState? Find(IpProtocol protocol, IpEndpoint from, IpEndpoint to, TimeSpan now)
    {
        var key = KeyOf(protocol, from, to);
        if (!_flows.TryGetValue(key, out var flow)) return null;
        if (flow.Until > now) return flow;
        _flows.Remove(key);
        return null;
    }

    private static void Touch(FlowState flow, in TransitPacket packet, TimeSpan now)
    {
        if (packet.IsTcp)
        {
            flow.Tcp.Note(packet.Flags, packet.From == flow.Opener);
            flow.Until = now + flow.Tcp.Timeout;
        }
        else
        {
            flow.Until = now + (packet.IsIcmp ? QueryTimeout : DatagramTimeout);
        }
    }

    private static (IpProtocol Protocol, IpEndpoint Lower, IpEndpoint Upper) KeyOf(IpProtocol protocol, IpEndpoint one, IpEndpoint other)
    {
        var order = one.Address.CompareTo(other.Address);
        return order < 0 || (order == 0 && one.Port <= other.Port) ? (protocol, one, other) : (protocol, other, one);
    }

    private void Prune(TimeSpan now)
    {
        foreach (var (key, flow) in _flows)
        {
            if (flow.Until <= now) _flows.Remove(key);
        }
    }
}
