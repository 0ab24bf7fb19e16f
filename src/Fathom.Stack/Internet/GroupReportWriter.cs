using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Writes reports of group membership, each with the router alert that makes routers look (RFC 2113, RFC 2711).</summary>
internal sealed class GroupReportWriter(IpLayer ip, NetworkInterface on)
{
    private static readonly byte[] RouterAlertV4 = [(byte)Ipv4OptionType.RouterAlert, 4, 0, 0];
    private static readonly byte[] RouterAlertV6 = [(byte)Ipv6OptionType.RouterAlert, 2, 0, 0];
    private static readonly IpAddress RoutersV4 = IpAddress.Parse("224.0.0.22"); // RFC 3376 §4.2.14
    private static readonly IpAddress RoutersV6 = IpAddress.Parse("ff02::16"); // RFC 3810 §5.2.14
    private static readonly IpAddress AllRoutersV4 = IpAddress.Parse("224.0.0.2"); // RFC 2236 §9
    private static readonly IpAddress AllRoutersV6 = IpAddress.Parse("ff02::2"); // RFC 2710 §4

    // RFC 3376 §4: class selector 6, internetwork control.
    private const byte Dscp = 48;
    private const int HopByHopLength = 8;

    public void SendRecords(List<(MulticastRecordType Type, IpAddress Group)> records, IpVersion version, TimeSpan now)
    {
        var recordLength = 4 + (version == IpVersion.V6 ? 16 : 4);
        var room = (on.MtuOf(version) - Ipv6Packet.HeaderLength - HopByHopLength - IgmpReport.FixedLength) / recordLength;
        for (var at = 0; at < records.Count; at += room)
        {
            var count = Math.Min(room, records.Count - at);
            var length = IgmpReport.FixedLength + (count * recordLength);
            var buffer = ip.Pool.Rent(length);
            var bytes = buffer.Append(length);
            for (var i = 0; i < count; i++)
                new MulticastGroupRecordHeader(records[at + i].Type, records[at + i].Group).WriteTo(bytes[(IgmpReport.FixedLength + (i * recordLength))..]);
            if (ip.Events.IsOn)
            {
                for (var i = 0; i < count; i++) ip.Events.Add(new GroupReported(now, on, records[at + i].Group, records[at + i].Type));
            }

            if (version == IpVersion.V4)
            {
                new IgmpReportHeader((ushort)count).WriteTo(bytes);
                SendV4(buffer, RoutersV4, now);
            }
            else
            {
                var source = SourceV6();
                new MldReportHeader((ushort)count).WriteTo(bytes, source, RoutersV6);
                SendV6(buffer, source, RoutersV6, now);
            }
        }
    }

    public void SendReport(IpAddress group, bool isOldest, TimeSpan now)
    {
        if (ip.Events.IsOn) ip.Events.Add(new GroupReported(now, on, group, MulticastRecordType.ModeIsExclude));
        if (group.IsV4) SendV4(Message(new IgmpHeader(isOldest ? IgmpType.ReportV1 : IgmpType.ReportV2, group)), group, now);
        else SendOlderV6(Icmpv6Type.MulticastListenerReport, group, group, now);
    }

    public void SendLeave(IpAddress group, TimeSpan now)
    {
        if (ip.Events.IsOn) ip.Events.Add(new GroupReported(now, on, group, MulticastRecordType.ChangeToInclude));
        if (group.IsV4) SendV4(Message(new IgmpHeader(IgmpType.LeaveGroup, group)), AllRoutersV4, now);
        else SendOlderV6(Icmpv6Type.MulticastListenerDone, group, AllRoutersV6, now);
    }

    private PacketBuffer Message(IgmpHeader header)
    {
        var buffer = ip.Pool.Rent(header.Length);
        header.WriteTo(buffer.Append(header.Length));
        return buffer;
    }

    private void SendOlderV6(Icmpv6Type type, IpAddress group, IpAddress destination, TimeSpan now)
    {
        var source = SourceV6();
        var buffer = ip.Pool.Rent(MldMessage.FixedLength);
        new MldHeader(type, group).WriteTo(buffer.Append(MldMessage.FixedLength), source, destination);
        SendV6(buffer, source, destination, now);
    }

    private void SendV4(PacketBuffer message, IpAddress destination, TimeSpan now)
    {
        // RFC 3376 §4.2.13: from nowhere while the interface has no address.
        var header = new Ipv4Header
        {
            Dscp = Dscp,
            TimeToLive = 1,
            Protocol = IpProtocol.Igmp,
            Source = SourceSelection.Choose(ip.Addresses, on, destination) is { } source && ip.Addresses.TryFind(source, out var own) && own.Interface == on ? source : IpAddress.AnyV4,
            Destination = destination,
            DontFragment = true,
            Options = RouterAlertV4,
        };
        message.Prepend(header.Length);
        header.WriteTo(message.Span);
        ip.Transmit(message, on, destination, IpProtocol.Igmp, now);
    }

    private void SendV6(PacketBuffer message, IpAddress source, IpAddress destination, TimeSpan now)
    {
        ip.Errors.Count(IpVersion.V6, message.Span[0]);
        message.Prepend(HopByHopLength);
        new Ipv6OptionsHeader(IpProtocol.Icmpv6, RouterAlertV6).WriteTo(message.Span);
        message.Prepend(Ipv6Packet.HeaderLength);
        new Ipv6Header { NextHeader = IpProtocol.HopByHop, HopLimit = 1, Source = source, Destination = destination }.WriteTo(message.Span);
        ip.Transmit(message, on, Zones.On(destination, on), IpProtocol.Icmpv6, now);
    }

    // RFC 3810 §5.2.13: a link-local address, or none while there is none yet.
    private IpAddress SourceV6()
    {
        foreach (var own in ip.Addresses.All)
        {
            if (own.Interface == on && own.IsUsable && own.Address.IsV6 && own.Address.IsLinkLocal) return own.Address;
        }

        return IpAddress.AnyV6;
    }
}
