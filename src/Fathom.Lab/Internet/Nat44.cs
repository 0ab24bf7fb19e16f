using System.Buffers.Binary;
using Fathom.Lab.Link;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>
/// Many hosts behind one IPv4 address: network address and port translation (RFC 3022 §2.2), which behaves as RFC 4787 (UDP), RFC 5382 (TCP) and RFC 5508 (ICMP) ask.
/// It sits in a router, and what leaves through its outer port has that port's address. The router's own traffic is translated like that of its hosts, so that their ports never collide.
/// </summary>
public sealed class Nat44 : PacketBox
{
    private readonly HostPort _outside;
    private readonly NatOptions _options;
    private readonly NatTable _table;
    private IpAddress? _external;
    private long _outbound;
    private long _inbound;
    private long _hairpinned;
    private long _errors;
    private long _made;
    private long _ended;
    private long _filtered;
    private long _unmapped;
    private long _noRoom;
    private long _untranslatable;

    private Nat44(HostPort outside, NatOptions options)
        : base(outside.Host, "nat")
    {
        _outside = outside;
        _options = options;
        _table = new NatTable(options, new LabRandom(outside.Lab.Seed, "nat " + outside.Name)) { Ended = NoteEnd };
    }

    /// <summary>What it has done so far.</summary>
    public NatStatistics Statistics => new(_outbound, _inbound, _hairpinned, _errors, _made, _ended, _filtered, _unmapped, _noRoom, _untranslatable);

    /// <summary>The mappings that live, by protocol and external port.</summary>
    public IReadOnlyList<NatMapping> Mappings
    {
        get
        {
            var (now, external) = (Host.Lab.Clock.Now, External ?? IpAddress.AnyV4);
            return [.. _table.All.Where(e => e.IsAlive(now)).OrderBy(static e => e.Protocol).ThenBy(static e => e.ExternalPort).Select(e => e.ToSnapshot(external))];
        }
    }

    /// <inheritdoc/>
    public override bool NeedsWholePackets => true;

    /// <summary>Puts a translator into a router.</summary>
    /// <param name="outside">The router's port to the outside. Its first IPv4 address is what the world sees.</param>
    /// <param name="options">How it behaves; null: as the RFCs ask.</param>
    public static Nat44 AddTo(HostPort outside, NatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(outside);
        var box = new Nat44(outside, options ?? new NatOptions());
        box.Install();
        return box;
    }

    /// <summary>Lets the world in to a host inside, by hand: port forwarding.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="port">The external port.</param>
    /// <param name="inside">The host's address and port.</param>
    /// <returns>False if the external port, or that of the host, has a mapping already.</returns>
    public bool TryForward(IpProtocol protocol, ushort port, IpEndpoint inside) => _table.TryAddStatic(protocol, port, inside);

    /// <inheritdoc/>
    public override HookVerdict Handle(PacketBuffer packet, in HookPoint point)
    {
        if (point.Place is not (HookPlace.Prerouting or HookPlace.Postrouting) || packet.Span[0] >> 4 != 4) return HookVerdict.Accept;
        if (point.Place == HookPlace.Postrouting && point.LeavesThrough != _outside.Interface) return HookVerdict.Accept;
        if (External is not { } external || !TransitPacket.TryRead(packet.Span, out var view)) return HookVerdict.Accept;
        if (point.Place == HookPlace.Postrouting) return Leave(packet, view, external, point.At);
        if (view.Destination != external) return HookVerdict.Accept;
        return point.ArrivedOn == _outside.Interface ? Enter(packet, view, point.At) : Turn(packet, view, external, point.At);
    }

    internal override void Forget()
    {
        _table.Clear();
        _external = null;
    }

    // The address may come and go by DHCP; mappings to one that is gone lead nowhere.
    private IpAddress? External
    {
        get
        {
            if (_external is { } known && Host.Stack.IsLocal(known)) return known;
            if (_external is not null) _table.Clear();
            foreach (var address in Host.Stack.Addresses)
            {
                if (address.Interface != _outside.Interface || !address.Address.IsV4 || address.Address.IsLinkLocal || !Host.Stack.IsLocal(address.Address)) continue;
                return _external = address.Address;
            }

            return _external = null;
        }
    }

    private HookVerdict Leave(PacketBuffer packet, in TransitPacket view, IpAddress external, TimeSpan now)
    {
        // A host without an address, and what goes to all, is for this link alone: DHCP.
        if (view.Source.IsUnspecified || view.Destination.IsMulticast || (uint)view.Destination.Value == uint.MaxValue) return HookVerdict.Accept;
        if (view.IsIcmpError) return TranslateOutboundError(packet, view, external, now) ? HookVerdict.Accept : HookVerdict.Drop;
        if (view.Source == external && !view.IsTcp && !view.IsUdp && !view.IsEchoRequest) return HookVerdict.Accept;
        return TranslateSource(packet, view, external, now) ? HookVerdict.Accept : HookVerdict.Drop;
    }

    private HookVerdict Enter(PacketBuffer packet, in TransitPacket view, TimeSpan now)
    {
        if (view.IsIcmpError) return TranslateInboundError(packet, view, now) ? HookVerdict.Accept : HookVerdict.Drop;
        if (view.IsTcp || view.IsUdp || view.IsEchoReply)
        {
            if (_table.FindExternal(view.Protocol, view.To.Port, now) is { } entry) return TranslateDestination(packet, view, entry, now) ? HookVerdict.Accept : HookVerdict.Drop;

            // RFC 5382 REQ-4: an unexpected SYN is not answered, since the host inside may just be opening the same connection.
            if (IsServedHere(view)) return HookVerdict.Accept;
            _unmapped++;
            return HookVerdict.Drop;
        }

        return HookVerdict.Accept;
    }

    // RFC 4787 REQ-9: from inside to an external address of inside, and the source is external too.
    private HookVerdict Turn(PacketBuffer packet, in TransitPacket view, IpAddress external, TimeSpan now)
    {
        if (!_options.Hairpinning) return HookVerdict.Accept;
        if (view.IsIcmpError)
        {
            if (!TransitPacket.TryReadQuoted(view.Quoted, out var quoted) || quoted.Source != external) return HookVerdict.Accept;
            return TranslateOutboundError(packet, view, external, now) && TransitPacket.TryRead(packet.Span, out var half) && TranslateInboundError(packet, half, now)
                ? HookVerdict.Accept : HookVerdict.Drop;
        }

        if (!(view.IsTcp || view.IsUdp || view.IsEchoReply) || _table.FindExternal(view.Protocol, view.To.Port, now) is not { } entry) return HookVerdict.Accept;
        if (!TranslateSource(packet, view, external, now) || !TransitPacket.TryRead(packet.Span, out var translated) || !TranslateDestination(packet, translated, entry, now)) return HookVerdict.Drop;
        _hairpinned++;
        return HookVerdict.Accept;
    }

    private bool TranslateSource(PacketBuffer packet, in TransitPacket view, IpAddress external, TimeSpan now)
    {
        if (!view.HasPorts)
        {
            _untranslatable++;
            if (IsListenedTo) Tell($"drops a packet of {view.Source}: its protocol, {(byte)view.Protocol}, has no ports to translate");
            return false;
        }

        var (inside, peer) = (view.From, view.IsIcmp ? new IpEndpoint(view.Destination, 0) : view.To);
        var entry = _table.FindInternal(view.Protocol, inside, peer, now);
        if (entry is null)
        {
            if (!_table.TryMake(view.Protocol, inside, peer, now, out entry))
            {
                _noRoom++;
                if (IsListenedTo) Tell($"has no room for {view.Protocol} from {inside}");
                return false;
            }

            _made++;
            if (IsListenedTo) Tell($"maps {view.Protocol.ToString().ToUpperInvariant()} {inside} to {external}:{entry.ExternalPort}");
        }

        if (entry.Open(peer, _options.MaximumSessions, now) is not { } session)
        {
            _noRoom++;
            return false;
        }

        Touch(entry, session, view, isOutbound: true, now);
        Ipv4Rewrite.SetEnd(packet.Span, true, new IpEndpoint(external, entry.ExternalPort), packet.Checksum);
        _outbound++;
        return true;
    }

    private bool TranslateDestination(PacketBuffer packet, in TransitPacket view, NatEntry entry, TimeSpan now)
    {
        var peer = view.IsIcmp ? new IpEndpoint(view.Source, 0) : view.From;
        if (!entry.LetsIn(peer, _options.Filtering, now))
        {
            _filtered++;
            if (IsListenedTo) Tell($"lets {view.Protocol} from {peer} not in to {entry.Internal}");
            return false;
        }

        // A static mapping, or one that all may use, meets far ends that nobody inside has spoken to.
        var session = view.IsTcp ? entry.Open(peer, _options.MaximumSessions, now) : entry.Find(peer);
        if (session is not null) Touch(entry, session, view, isOutbound: false, now);
        Ipv4Rewrite.SetEnd(packet.Span, false, entry.Internal, packet.Checksum);
        _inbound++;
        return true;
    }

    private void Touch(NatEntry entry, NatSession session, in TransitPacket view, bool isOutbound, TimeSpan now)
    {
        if (view.IsTcp)
        {
            session.Tcp.Note(view.Flags, isOutbound);
            entry.Extend(session, now + session.Tcp.Timeout);
            return;
        }

        // RFC 4787 REQ-6: what comes from outside does not keep a mapping alive; else the world could keep it open for ever.
        if (isOutbound) entry.Extend(session, now + (view.IsIcmp ? _options.QueryTimeout : _options.UdpTimeout));
    }

    // RFC 5508 REQ-4: about a packet that came from inside. The mapping does not end by it (RFC 4787 REQ-12).
    private bool TranslateInboundError(PacketBuffer packet, in TransitPacket view, TimeSpan now)
    {
        if (!TransitPacket.TryReadQuoted(view.Quoted, out var quoted) || !quoted.HasPorts) return true;

        // RFC 5508 REQ-3: one that is damaged is dropped, as is one that no mapping is there for.
        if (!InternetChecksum.Verify(view.Upper)) return false;
        if (_table.FindExternal(quoted.Protocol, quoted.From.Port, now) is not { } entry)
        {
            _unmapped++;
            return false;
        }

        var message = packet.Span[view.Offset..];
        Ipv4Rewrite.SetEnd(message[IcmpMessage.HeaderLength..], true, entry.Internal);
        Finish(packet, message, isSource: false, entry.Internal.Address);
        return true;
    }

    // RFC 5508 REQ-5: about a packet that came from outside.
    private bool TranslateOutboundError(PacketBuffer packet, in TransitPacket view, IpAddress external, TimeSpan now)
    {
        if (!TransitPacket.TryReadQuoted(view.Quoted, out var quoted)) return false;
        if (!quoted.HasPorts) return view.Source == external;
        var peer = quoted.IsEcho ? new IpEndpoint(quoted.Source, 0) : quoted.From;
        if (_table.FindInternal(quoted.Protocol, quoted.To, peer, now) is not { } entry)
        {
            // The router's own word about a packet to itself that it never translated: a port that nobody has.
            if (view.Source == external && quoted.Destination == external) return true;
            _unmapped++;
            return false;
        }

        var message = packet.Span[view.Offset..];
        Ipv4Rewrite.SetEnd(message[IcmpMessage.HeaderLength..], false, new IpEndpoint(external, entry.ExternalPort));
        Finish(packet, message, isSource: true, external);
        return true;
    }

    private void Finish(PacketBuffer packet, Span<byte> message, bool isSource, IpAddress address)
    {
        // The quoted packet may be of odd length or cut anywhere: the sum is made anew.
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Compute(message));
        Ipv4Rewrite.SetAddress(packet.Span, isSource, address);
        _errors++;
    }

    private bool IsServedHere(in TransitPacket view)
    {
        var to = view.To;
        if (view.IsTcp) return Host.Stack.Tcp.Listeners.Any(l => IsEnd(l.Local, to));
        return view.IsUdp && Host.Stack.Udp.Sockets.Any(s => IsEnd(s.Local, to));
    }

    private static bool IsEnd(IpEndpoint local, IpEndpoint to) => local.Port == to.Port && (local.Address == to.Address || (local.Address.IsUnspecified && local.Address.IsV4));

    private void NoteEnd(NatEntry entry)
    {
        _ended++;
        if (IsListenedTo) Tell($"forgets {entry.Protocol} {entry.Internal} at port {entry.ExternalPort}");
    }
}
