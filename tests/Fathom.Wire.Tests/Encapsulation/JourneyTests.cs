using CsCheck;
using Fathom.Wire.Dissection;
using Fathom.Wire.Encapsulation;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Encapsulation;

public class JourneyTests
{
    private static PacketizedMessage Cut(int length, bool tcp, bool v6 = false, int mtu = 1500)
    {
        var options = (v6 ? PacketizerOptions.ForIpv6() : new PacketizerOptions()) with { Mtu = mtu, Transport = tcp ? IpProtocol.Tcp : IpProtocol.Udp };
        var message = Enumerable.Range(0, length).Select(static i => (byte)(i * 31)).ToArray();
        Assert.True(Packetizer.TryPacketize(message, options, out var packetized, out var reason), reason);
        return packetized;
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_message_arrives_as_it_was_however_its_packets_are_delayed_and_doubled(bool tcp, bool v6)
        => Gen.Select(Gen.Int[1, 30000], Gen.Int[0, 40].Array[0, 40], Gen.Int[1, 20].Array[0, 5]).Sample((length, delays, twice) =>
        {
            var message = Cut(length, tcp, v6);
            var report = MessageJourney.Run(message, new JourneyOptions { ExtraDelays = [.. delays.Select(static d => TimeSpan.FromMilliseconds(d))], Duplicated = twice });
            Assert.True(report.IsIntact);
            Assert.Equal(message.Message.ToArray(), report.Delivered.ToArray());
            Assert.All(report.Frames, static f => Assert.Null(Dissector.Dissect(LinkType.Ethernet, f.Bytes).Fault));
        }, iter: 200);

    [Fact]
    public void TCP_mends_every_loss_even_of_repetitions()
        => Gen.Select(Gen.Int[1, 100000], Gen.Int[1, 70].Array[0, 30]).Sample((length, lost) =>
        {
            var message = Cut(length, tcp: true);
            var report = MessageJourney.Run(message, new JourneyOptions { Lost = lost });
            Assert.Equal(message.Message.ToArray(), report.Delivered.ToArray());
            Assert.True(report.Sent >= message.Packets.Count + lost.Count(n => n <= message.Packets.Count));
        }, iter: 300);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void One_lost_fragment_loses_the_datagram_and_only_the_first_one_lets_ICMP_tell(int lost, bool isTold)
    {
        var report = MessageJourney.Run(Cut(4000, tcp: false), new JourneyOptions { Lost = [lost] });
        Assert.False(report.IsIntact);
        Assert.Equal([(0, 4000)], report.Missing);
        Assert.Equal(0, report.Delivered.Length);
        var told = report.Frames.Where(static f => !f.ToReceiver).Select(f => Dissector.Dissect(LinkType.Ethernet, f.Bytes).Layers[2]).ToArray();
        Assert.Equal(isTold ? 1 : 0, told.Length);
        if (isTold) Assert.Equal("icmp", told[0].Protocol);
    }

    [Theory]
    [InlineData(65508, false, 1500, "65507")] // RFC 768 with IPv4: 65,535 - 20 - 8
    [InlineData(65528, true, 1500, "65527")]
    [InlineData(10, false, 67, "68")]
    [InlineData(10, true, 1279, "1280")]
    public void What_cannot_be_packets_is_refused_with_the_limit(int length, bool v6, int mtu, string limit)
    {
        var options = (v6 ? PacketizerOptions.ForIpv6() : new PacketizerOptions()) with { Mtu = mtu };
        Assert.False(Packetizer.TryPacketize(new byte[length], options, out _, out var reason));
        Assert.Contains(limit, reason, StringComparison.Ordinal);
    }
}
