using Fathom.Stack.Link;
using Fathom.Stack.Tests.Support;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Internet;

/// <summary>Group membership: IGMPv2 (RFC 2236), IGMPv3 (RFC 3376), MLDv1 (RFC 2710), MLDv2 (RFC 3810).</summary>
public class GroupTests
{
    private const string GroupV4 = "239.1.2.3";
    private const string GroupV6 = "ff15::77";
    private readonly byte[] _buffer = new byte[2048];

    [Theory]
    [InlineData("0.0.0.0", GroupV4)]
    [InlineData("::", GroupV6)]
    public void A_group_reaches_who_has_joined(string any, string group)
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(20);
        var member = TwoHosts.Open(hosts.Right, any, 5000);
        var sender = TwoHosts.Open(hosts.Left, any, 0);
        var to = new IpEndpoint(IpAddress.Parse(group), 5000);
        sender.Send("early"u8, to);
        hosts.Wire.Run(0.1);
        Assert.False(member.TryReceive(_buffer, out _));
        member.JoinGroup(to.Address, hosts.RightPort.Interface);
        sender.Send("now"u8, to);
        hosts.Wire.Run(0.1);
        Assert.True(member.TryReceive(_buffer, out var received));
        Assert.Equal(("now", to.Address, (byte)1), (System.Text.Encoding.ASCII.GetString(_buffer, 0, received.Length), received.Destination, received.HopLimit));
        Assert.True(member.LeaveGroup(to.Address, hosts.RightPort.Interface));
        sender.Send("late"u8, to);
        hosts.Wire.Run(0.1);
        Assert.False(member.TryReceive(_buffer, out _));
    }

    [Theory]
    [InlineData("0.0.0.0", GroupV4)]
    [InlineData("::", GroupV6)]
    public void A_host_that_listens_to_a_group_hears_itself(string any, string group)
    {
        var hosts = new TwoHosts();
        var member = TwoHosts.Open(hosts.Left, any, 5000);
        var sender = TwoHosts.Open(hosts.Left, any, 0);
        var to = new IpEndpoint(IpAddress.Parse(group), 5000);
        sender.Send("unheard"u8, to);
        hosts.Wire.Run(0.1);
        Assert.False(member.TryReceive(_buffer, out _));
        member.JoinGroup(to.Address, hosts.LeftPort.Interface);
        sender.Send("heard"u8, to);
        hosts.Wire.Run(0.1);
        Assert.True(member.TryReceive(_buffer, out var received));
        Assert.Equal((5, hosts.LeftPort.Interface), (received.Length, received.Interface));
        Assert.Equal(0, hosts.Left.Pool.Rented);
    }

    [Theory]
    [InlineData("0.0.0.0", GroupV4)]
    [InlineData("::", GroupV6)]
    public void Joining_and_leaving_is_told_at_once_and_once_more_within_a_second(string any, string group)
    {
        var hosts = new TwoHosts();
        var member = TwoHosts.Open(hosts.Left, any, 5000);
        var start = hosts.Wire.Now;
        member.JoinGroup(IpAddress.Parse(group), hosts.LeftPort.Interface);
        hosts.Wire.Run(5);
        Assert.Equal(2, hosts.Wire.Frames.Count);
        Assert.Equal(start, hosts.Wire.Frames[0].At);
        Assert.InRange(hosts.Wire.Frames[1].At - start, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.All(hosts.Wire.Frames, f => Assert.Equal([(MulticastRecordType.ChangeToExclude, group)], RecordsOf(f.Bytes)));
        hosts.Wire.Frames.Clear();
        member.Close();
        hosts.Wire.Run(5);
        Assert.Equal(2, hosts.Wire.Frames.Count);
        Assert.All(hosts.Wire.Frames, f => Assert.Equal([(MulticastRecordType.ChangeToInclude, group)], RecordsOf(f.Bytes)));
        Assert.Null(hosts.Left.Deadline);
    }

    [Fact]
    public void A_query_of_version_3_is_answered_once_for_all_groups_within_the_time_it_gives()
    {
        var hosts = new TwoHosts();
        var member = TwoHosts.Open(hosts.Left, "0.0.0.0", 5000);
        for (var i = 1; i <= 3; i++) member.JoinGroup(IpAddress.Parse($"239.0.0.{i}"), hosts.LeftPort.Interface);
        hosts.Wire.Run(5);
        hosts.Wire.Frames.Clear();
        var query = new byte[12];
        new IgmpQueryHeader(20, IpAddress.AnyV4, Robustness: 2).WriteTo(query);
        hosts.Wire.Inject(Frames.V4("10.0.0.2", "224.0.0.1", IpProtocol.Igmp, query, timeToLive: 2), hosts.RightPort);
        hosts.Wire.Run(5);
        Assert.Single(hosts.Wire.Frames); // from beyond the link: not heard
        hosts.Wire.Frames.Clear();
        hosts.Wire.Inject(Frames.V4("10.0.0.2", "224.0.0.1", IpProtocol.Igmp, query, timeToLive: 1), hosts.RightPort);
        hosts.Wire.Run(5);
        Assert.Equal(2, hosts.Wire.Frames.Count);
        Assert.InRange((hosts.Wire.Frames[1].At - hosts.Wire.Frames[0].At).TotalSeconds, 0, 2.01);
        Assert.Equal(
            [(MulticastRecordType.ModeIsExclude, "239.0.0.1"), (MulticastRecordType.ModeIsExclude, "239.0.0.2"), (MulticastRecordType.ModeIsExclude, "239.0.0.3")],
            RecordsOf(hosts.Wire.Frames[1].Bytes));

        // RFC 3376 §4.2.13, §4: to 224.0.0.22, TTL 1, with router alert.
        Assert.True(Ipv4Packet.TryRead(hosts.Wire.Frames[1].Bytes, out var packet, out _));
        Assert.Equal((IpAddress.Parse("224.0.0.22"), (byte)1, 24), (packet.Destination, packet.TimeToLive, packet.HeaderLength));
        Assert.Equal([148, 4, 0, 0], packet.Options.ToArray());
    }

    [Fact]
    public void An_older_querier_is_answered_in_its_own_words_and_another_hosts_report_is_enough()
    {
        var hosts = new TwoHosts();
        var member = TwoHosts.Open(hosts.Left, "0.0.0.0", 5000);
        member.JoinGroup(IpAddress.Parse(GroupV4), hosts.LeftPort.Interface);
        hosts.Wire.Run(5);
        QueryV2();
        hosts.Wire.Run(11);
        Assert.Equal(IgmpType.ReportV2, TypeOf(hosts.Wire.Frames[^1].Bytes));
        QueryV2();
        var report = new byte[8];
        new IgmpHeader(IgmpType.ReportV2, IpAddress.Parse(GroupV4)).WriteTo(report);
        hosts.Wire.Inject(Frames.V4("10.0.0.2", GroupV4, IpProtocol.Igmp, report, timeToLive: 1), hosts.RightPort);
        hosts.Wire.Run(11);
        Assert.DoesNotContain(hosts.Wire.Frames, f => f.From == hosts.LeftPort);
        QueryV2();
        hosts.Wire.Run(11);
        hosts.Wire.Frames.Clear();
        member.Close();
        hosts.Wire.Run(1);
        Assert.Equal(IgmpType.LeaveGroup, TypeOf(Assert.Single(hosts.Wire.Frames).Bytes));

        void QueryV2()
        {
            hosts.Wire.Frames.Clear();
            var query = new byte[8];
            new IgmpHeader(IgmpType.MembershipQuery, IpAddress.AnyV4, 100).WriteTo(query);
            hosts.Wire.Inject(Frames.V4("10.0.0.2", "224.0.0.1", IpProtocol.Igmp, query, timeToLive: 1), hosts.RightPort);
        }

        static IgmpType TypeOf(byte[] bytes) => Ipv4Packet.TryRead(bytes, out var packet, out _) ? (IgmpType)packet.Payload[0] : default;
    }

    [Fact]
    public void Listeners_of_IPv6_answer_both_versions_of_the_question()
    {
        var hosts = new TwoHosts();
        var member = TwoHosts.Open(hosts.Left, "::", 5000);
        member.JoinGroup(IpAddress.Parse(GroupV6), hosts.LeftPort.Interface);
        hosts.Wire.Run(5);
        hosts.Wire.Frames.Clear();
        var query = new byte[28];
        new MldQueryHeader(1000, IpAddress.AnyV6, Robustness: 2).WriteTo(query);
        hosts.Wire.Inject(Frames.Icmpv6("fe80::2", "ff02::1", query, hopLimit: 1), hosts.RightPort);
        hosts.Wire.Run(2);
        Assert.Equal([(MulticastRecordType.ModeIsExclude, GroupV6)], RecordsOf(hosts.Wire.Frames[^1].Bytes));
        hosts.Wire.Frames.Clear();
        hosts.Wire.Inject(Frames.Icmpv6("fe80::2", "ff02::1", query[..24], hopLimit: 1), hosts.RightPort);
        hosts.Wire.Run(2);
        Assert.True(Ipv6Packet.TryRead(hosts.Wire.Frames[^1].Bytes, out var packet, out _));
        Assert.True(packet.TryReadUpperLayer(out var upper, out _));
        Assert.True(MldMessage.TryRead(upper.Bytes, out var report, out _));
        Assert.Equal((Icmpv6Type.MulticastListenerReport, IpAddress.Parse(GroupV6), IpAddress.Parse(GroupV6), IpProtocol.HopByHop),
            (report.Type, report.Group, packet.Destination, packet.NextHeader));
    }

    [Fact]
    public void Every_IPv6_address_on_Ethernet_has_its_group_and_routers_are_told()
    {
        var hosts = new TwoHosts(InterfaceMedium.Ethernet);
        hosts.Wire.Run(5);
        var told = hosts.Wire.Frames.Where(f => f.From == hosts.LeftPort && Frames.Icmpv6TypeOf(f.Bytes) == Icmpv6Type.MulticastListenerReportV2).SelectMany(static f => RecordsOf(f.Bytes[14..]));
        Assert.Contains((MulticastRecordType.ChangeToExclude, "ff02::1:ff00:1"), told);
    }

    private static List<(MulticastRecordType Type, string Group)> RecordsOf(byte[] bytes)
    {
        var records = new List<(MulticastRecordType, string)>();
        if (bytes[0] >> 4 == 4)
        {
            Assert.True(Ipv4Packet.TryRead(bytes, out var v4, out _));
            Assert.True(IgmpMessage.TryRead(v4.Payload, out var message, out _) && message.ChecksumIsValid);
            Assert.True(IgmpReport.TryRead(v4.Payload, out var igmp, out _));
            foreach (var record in igmp.EnumerateRecords()) records.Add((record.Type, record.Group.ToString()));
            return records;
        }

        Assert.True(Ipv6Packet.TryRead(bytes, out var v6, out _));
        Assert.True(v6.TryReadUpperLayer(out var upper, out _));
        Assert.True(InternetChecksum.Verify(upper.Bytes, v6.Source, v6.Destination, IpProtocol.Icmpv6));
        Assert.True(MldReport.TryRead(upper.Bytes, out var mld, out _));
        foreach (var record in mld.EnumerateRecords()) records.Add((record.Type, record.Group.ToString()));
        return records;
    }
}
