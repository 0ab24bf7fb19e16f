using Fathom.Lab.Link;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>
/// Gives a host's IP packets to somebody outside, and sends theirs as the host's own: so a system that hands over IP packets only (TUN) is a host on an Ethernet of the lab. The lab's host
/// keeps what belongs to the link: ARP, neighbor discovery, router advertisements, group membership and DHCP.
/// </summary>
public sealed class OutsideBox : PacketBox, IOutsideEnd, IOutsideSender
{
    private const ushort DhcpClientPort = 68;

    private readonly IpAddress? _reportsFrom;

    private OutsideBox(LabHost host, IpAddress? reportsFrom)
        : base(host, "outside") => _reportsFrom = reportsFrom;

    /// <inheritdoc/>
    public Action<PacketBuffer>? Outlet { get; set; }

    /// <inheritdoc/>
    public long Left { get; private set; }

    /// <inheritdoc/>
    public long Entered { get; private set; }

    /// <summary>Puts one into a host.</summary>
    /// <param name="host">The host; its own programs hear nothing any more.</param>
    /// <param name="reportsFrom">
    /// An IPv4 address of the link that nobody has: from there the outside is told that a neighbor does not answer, since a system takes no packet that comes from its own address. Null: it
    /// is not told. Over IPv6 the host's link-local address does that.
    /// </param>
    public static OutsideBox AddTo(LabHost host, IpAddress? reportsFrom = null)
    {
        var box = new OutsideBox(host, reportsFrom);
        box.Install();
        return box;
    }

    /// <inheritdoc/>
    public override HookVerdict Handle(PacketBuffer packet, in HookPoint point)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (point.Place != HookPlace.Prerouting || point.ArrivedOn is { Medium: InterfaceMedium.Loopback } || IsOfTheLink(packet.Span)) return HookVerdict.Accept;
        Left++;
        Outlet?.Invoke(packet);
        return HookVerdict.Taken;
    }

    /// <inheritdoc/>
    public void Enter(PacketBuffer frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Entered++;

        // After a crash the host has another stack.
        Host.Stack.Outside = this;
        Host.Stack.SendPacket(frame, Host.Lab.Clock.Now);
        Host.Use();
    }

    /// <inheritdoc/>
    public IpAddress? From(IpVersion version)
    {
        if (version == IpVersion.V4) return _reportsFrom;
        foreach (var address in Host.Stack.Addresses)
        {
            if (address.Address is { IsV6: true, IsLinkLocal: true } && address.Interface.Medium != InterfaceMedium.Loopback) return address.Address.WithZone(0);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Take(PacketBuffer packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        Left++;
        Outlet?.Invoke(packet);
    }

    private static bool IsOfTheLink(ReadOnlySpan<byte> packet)
    {
        if (Ipv4Packet.TryRead(packet, out var v4, out _))
        {
            if (v4.Protocol == IpProtocol.Igmp) return true;
            return v4.Protocol == IpProtocol.Udp && v4.FragmentOffset == 0 && UdpDatagram.TryRead(v4.Payload, out var datagram, out _) && datagram.DestinationPort == DhcpClientPort;
        }

        // RFC 4861 §4: neighbor discovery is types 133 to 137; RFC 2710 and 3810: group membership is 130 to 132 and 143.
        return Ipv6Packet.TryRead(packet, out var v6, out _) && v6.TryReadUpperLayer(out var upper, out _) && upper.Protocol == IpProtocol.Icmpv6
            && upper.FragmentOffset == 0 && upper.Bytes is [(>= 130 and <= 137) or 143, ..];
    }
}
