using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>RFC 5961: a stranger who does not see the connection cannot end it, restart it, or put octets into it.</summary>
public class BlindAttackTests
{
    private const TcpFlags Ack = TcpFlags.Ack;

    [Theory]
    [InlineData(2u)]
    [InlineData(1000u)]
    [InlineData(65_535u)]
    public void An_RST_within_the_window_is_challenged_and_ends_nothing(uint sequence)
    {
        var peer = new RawPeer();
        var connection = peer.Open();
        peer.Take();
        peer.Send(TcpFlags.Rst, sequence);
        peer.Run(0.01);

        // RFC 5961 §3.2: <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
        var answer = Assert.Single(peer.Take());
        Assert.Equal((Ack, 1u, 1u), (answer.Flags, answer.Relative, answer.Acknowledgment));
        Assert.Equal(TcpState.Established, connection.State);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(65_537u)]
    [InlineData(2_000_000_000u)]
    public void An_RST_outside_the_window_is_dropped_without_a_word(uint sequence)
    {
        var peer = new RawPeer();
        var connection = peer.Open();
        peer.Take();
        peer.Send(TcpFlags.Rst, sequence);
        peer.Run(0.01);
        Assert.Empty(peer.Take());
        Assert.Equal(TcpState.Established, connection.State);
    }

    [Fact]
    public void An_RST_with_exactly_the_next_number_counts()
    {
        var peer = new RawPeer();
        var connection = peer.Open();
        peer.Send(TcpFlags.Rst, 1);
        peer.Run(0.01);
        Assert.Equal(TcpEndingKind.Reset, connection.Ending?.Kind);
        Assert.Equal(-1, connection.Write("x"u8));
        Assert.True(connection.IsReadEnded);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(500_000u)]
    public void A_SYN_on_an_open_connection_is_challenged_whatever_its_number(uint sequence)
    {
        var peer = new RawPeer();
        var connection = peer.Open();
        peer.Take();
        peer.Send(TcpFlags.Syn, sequence);
        peer.Run(0.01);
        var answer = Assert.Single(peer.Take());
        Assert.Equal((Ack, 1u, 1u), (answer.Flags, answer.Relative, answer.Acknowledgment));
        Assert.Equal(TcpState.Established, connection.State);
    }

    [Theory]
    [InlineData(2u)] // beyond what was sent
    [InlineData(4_294_901_760u)] // further back than any window the peer had
    [InlineData(2_147_483_000u)]
    public void Octets_with_an_acknowledgment_that_cannot_be_are_not_taken(uint acknowledgment)
    {
        var peer = new RawPeer();
        var connection = peer.Open();
        peer.Take();
        peer.Send(Ack, 1, acknowledgment, "evil"u8);
        peer.Run(0.01);
        Assert.Equal(0, connection.Available);
        Assert.All(peer.Take(), static s => Assert.Equal((Ack, 1u, 1u), (s.Flags, s.Relative, s.Acknowledgment)));
    }

    [Fact]
    public void Challenges_of_one_connection_are_limited()
    {
        var peer = new RawPeer();
        peer.Open();
        peer.Take();
        for (var i = 0; i < 1000; i++) peer.Send(TcpFlags.Rst, 100);
        peer.Run(0.4);
        Assert.Single(peer.Take());
    }

    [Fact]
    public void Challenges_of_the_whole_stack_are_limited()
    {
        var peer = new RawPeer(new TcpSettings { ChallengeAcksPerSecond = 20 }, backlog: 200);
        for (ushort from = 5000; from < 5100; from++) peer.Open(from: from);
        peer.Run(2);
        var before = peer.Hosts.Wire.Frames.Count;
        for (ushort from = 5000; from < 5100; from++) peer.Send(TcpFlags.Rst, 100, from: from);
        peer.Run(0.5);
        Assert.InRange(peer.Hosts.Wire.Frames.Skip(before).Count(f => f.From == peer.Hosts.RightPort), 1, 20);
    }

    [Fact]
    public void Two_hosts_that_disagree_do_not_correct_each_other_for_ever()
    {
        // RFC 5961 §10: each takes the other's acknowledgment for one of what was never sent, or of a number that is not in its window.
        var pair = new TcpPair().Establish();
        pair.Hosts.Wire.Run(1);
        var before = pair.Hosts.Wire.Frames.Count;
        var header = new TcpHeader
        {
            SourcePort = pair.Client.Local.Port,
            DestinationPort = 80,
            SequenceNumber = new SequenceNumber(0x8000_0000),
            AcknowledgmentNumber = new SequenceNumber(0x4000_0000),
            Flags = Ack,
        };
        var packet = new byte[40];
        header.WriteTo(packet.AsSpan(20), TwoHosts.LeftV4, TwoHosts.RightV4);
        new Fathom.Wire.Internet.Ipv4Header { TimeToLive = 64, Protocol = Fathom.Wire.Internet.IpProtocol.Tcp, Source = TwoHosts.LeftV4, Destination = TwoHosts.RightV4 }.WriteTo(packet);
        for (var i = 0; i < 100; i++) pair.Hosts.Wire.Inject(packet, pair.Hosts.LeftPort);
        pair.Run(0.4);
        Assert.InRange(pair.Hosts.Wire.Frames.Count - before - 100, 0, 4);
    }
}
