using Fathom.Stack;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>The connections of a script. A packet without ports belongs to the one that came last.</summary>
internal sealed class FlowTable(NetworkStack stack, ScriptOptions options)
{
    private const ushort FirstPeerPort = 40_001;

    private readonly Dictionary<(ushort Local, ushort Peer), Flow> _flows = [];
    private ushort _nextPeerPort = FirstPeerPort;

    public Flow? Current { get; private set; }

    /// <summary>The flow of a packet that is to be injected.</summary>
    public Flow Inbound(TcpPacketAction action)
    {
        var isSyn = (action.Tcp.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;
        if (action.Ports is { } ports) Current = Get(ports.Destination, ports.Source);
        else if (Current is null || (isSyn && !Current.IsActive && Current.SawPeerSyn && StateOf(Current) is null)) Current = Get(options.BindPort, _nextPeerPort++);
        if (isSyn)
        {
            // A SYN to a connection that is over begins another one, with a number of its own.
            if (StateOf(Current) is null or TcpState.TimeWait) Current.MayLearn = true;
            Current.SawPeerSyn = true;
        }

        Current.IsAnswered = true;
        return Current;
    }

    /// <summary>The flow of a packet that was seen.</summary>
    public Flow Outbound(TcpSegment segment)
    {
        var key = (segment.SourcePort, segment.DestinationPort);
        var opens = (segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;
        if (_flows.TryGetValue(key, out var known))
        {
            if (!opens || !known.IsAnswered) return known;

            // A SYN of one that was answered is no repetition: another connection begins on the same ports.
            known.MayLearn = true;
            known.IsActive = true;
            known.IsAnswered = false;
            return Current = known;
        }

        var flow = Get(key.SourcePort, key.DestinationPort);
        flow.IsActive = opens;
        return Current = flow;
    }

    /// <summary>The flow of a packet, where there is one.</summary>
    public Flow? Find(TcpSegment segment) => _flows.GetValueOrDefault((segment.SourcePort, segment.DestinationPort));

    private Flow Get(ushort local, ushort peer)
    {
        if (_flows.TryGetValue((local, peer), out var known)) return known;
        return _flows[(local, peer)] = new Flow(new IpEndpoint(options.Local, local), new IpEndpoint(options.Remote, peer));
    }

    private TcpState? StateOf(Flow flow) => stack.Tcp.Connections.FirstOrDefault(c => c.Local.Port == flow.Local.Port && c.Remote == flow.Peer)?.State;
}
