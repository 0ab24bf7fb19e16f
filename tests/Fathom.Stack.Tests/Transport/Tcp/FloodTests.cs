using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>Attackers who want memory (RFC 4987), and peers who hold on to it.</summary>
public class FloodTests
{
    private static readonly TcpOptions Usual = new() { MaximumSegmentSize = 1460, SackPermitted = true, WindowScale = 7, Timestamps = new TcpTimestamps(1000, 0) };

    [Fact]
    public void A_flood_of_SYNs_takes_bounded_memory_and_a_real_peer_still_connects_with_its_options()
    {
        var peer = new RawPeer(backlog: 16);
        for (var i = 0u; i < 20_000; i++)
        {
            peer.Send(TcpFlags.Syn, i, source: IpAddress.FromV4(0x0A00_000A + (i % 200)), from: (ushort)(10_000 + (i / 200)), options: Usual);
            if (i % 1000 == 999) peer.Run(0.01);
        }

        Assert.InRange(peer.Listener.HalfOpenCount, 1, 32);
        Assert.InRange(peer.Stack.Tcp.CookiesOut, 19_000, 20_000);

        // The answer to a real peer holds what the listener does not keep.
        peer.Take();
        peer.Send(TcpFlags.Syn, 0, options: Usual);
        peer.Run(0.01);
        var answer = Assert.Single(peer.Take());
        Assert.Equal(TcpFlags.Syn | TcpFlags.Ack, answer.Flags);
        var initial = answer.Sequence;
        Send(peer, TcpFlags.Ack, 1, initial + 1, new TcpOptions { Timestamps = new TcpTimestamps(1001, answer.Options.Timestamps!.Value.Value) }, "GET"u8);
        peer.Run(0.01);
        Assert.True(peer.Listener.TryAccept(out var connection));
        var info = connection.GetInfo();
        Assert.Equal((true, true, 7, 1460), (info.SelectiveAcknowledgment, info.Timestamps, info.SendWindowScale, info.PeerSegmentSize));
        var text = new byte[3];
        Assert.Equal(3, connection.Read(text));
        Assert.Equal("GET"u8, text);
    }

    [Fact]
    public void A_cookie_that_was_not_made_here_opens_nothing()
    {
        var peer = new RawPeer(new TcpSettings { SynCookies = TcpCookieMode.Always });
        peer.Send(TcpFlags.Syn, 0);
        peer.Run(0.01);
        var cookie = Assert.Single(peer.Take()).Sequence;
        for (var bit = 0; bit < 32; bit++)
        {
            Send(peer, TcpFlags.Ack, 1, new SequenceNumber(cookie.Value ^ (1u << bit)) + 1, default, []);
            peer.Run(0.01);
            Assert.Equal(TcpFlags.Rst, Assert.Single(peer.Take()).Flags);
        }

        // Nor one of the right listener that is too old: more than two minutes.
        peer.Run(200);
        Send(peer, TcpFlags.Ack, 1, cookie + 1, default, []);
        peer.Run(0.01);
        Assert.Equal(TcpFlags.Rst, Assert.Single(peer.Take()).Flags);
        Assert.Equal(0, peer.Stack.Tcp.ConnectionCount);
    }

    [Fact]
    public void Half_open_connections_that_nobody_completes_are_forgotten()
    {
        var peer = new RawPeer(new TcpSettings { SynCookies = TcpCookieMode.Never });
        peer.Send(TcpFlags.Syn, 0);
        peer.Run(0.5);
        Assert.Equal(1, peer.Listener.HalfOpenCount);
        peer.Run(200);
        Assert.Equal(0, peer.Listener.HalfOpenCount);

        // RFC 6298 §5.5: 1, 2, 4, 8, 16 s between them.
        var times = peer.Take().Select(static s => s.At.TotalSeconds).ToArray();
        Assert.Equal([1.0, 2, 4, 8, 16], times.Zip(times.Skip(1), static (a, b) => Math.Round(b - a, 3)));
        Assert.Null(peer.Stack.Deadline);
    }

    [Fact]
    public void A_peer_whose_window_stays_closed_costs_one_buffer_and_ever_rarer_probes()
    {
        var peer = new RawPeer();
        var connection = peer.Open(window: 0);
        Assert.Equal(connection.SendBuffer, connection.Write(new byte[connection.SendBuffer + 1]));
        Assert.Equal(0, connection.Write("x"u8));
        peer.Take();
        var probes = new List<TimeSpan>();
        for (var i = 0; i < 400; i++)
        {
            peer.Run(1);
            foreach (var segment in peer.Take())
            {
                probes.Add(segment.At);
                Assert.True(segment.Text.Length <= 1);
                peer.Send(TcpFlags.Ack, 1, 1, window: 0);
            }
        }

        // RFC 9293 §3.8.6.1: for ever, while the peer answers, and exponentially rarer.
        Assert.Equal(TcpState.Established, connection.State);
        Assert.InRange(probes.Count, 5, 15);
        var gaps = probes.Zip(probes.Skip(1), static (a, b) => b - a).ToArray();
        Assert.All(gaps.Zip(gaps.Skip(1)), static g => Assert.True(g.Second >= g.First));

        // Its owner gives up: so does the stack, in bounded time, though the peer goes on answering.
        connection.Close();
        for (var i = 0; i < 3000 && connection.Ending is null; i++)
        {
            peer.Run(1);
            foreach (var segment in peer.Take().Where(static s => (s.Flags & TcpFlags.Rst) == 0)) peer.Send(TcpFlags.Ack, 1, 1, window: 0);
        }

        Assert.Equal(TcpEndingKind.TimedOut, connection.Ending?.Kind);
        Assert.Equal(0, peer.Stack.Tcp.ConnectionCount);
    }

    // 500 peers that read nothing, and 500 whose owner reads nothing: without a bound 96 MiB.
    [Fact]
    public void Many_streams_that_stand_still_hold_little_more_than_all_may_together()
    {
        const long Most = 4 << 20;
        var peer = new RawPeer(new TcpSettings { MaximumBufferMemory = Most }, backlog: 1024);
        var lazy = Enumerable.Range(0, 500).Select(i => peer.Open(window: 0, from: (ushort)(5000 + i))).ToList();
        foreach (var connection in lazy)
        {
            while (connection.Write(new byte[16_384]) > 0)
            {
            }
        }

        // Each gets what it needs to get on.
        Assert.All(lazy, static c => Assert.True(c.Unsent >= 4096));
        Assert.InRange(lazy.Sum(static c => (long)c.Unsent), Most, Most + (500 * 4096));
        var unread = new List<TcpConnection>();
        for (ushort from = 6000; from < 6500; from++)
        {
            var connection = peer.Open(from: from);
            unread.Add(connection);
            for (var at = 0u; at < 60_000; at += 1000) peer.Send(TcpFlags.Ack, 1 + at, 1, new byte[1000], from: from);
            peer.Run(0.01);
        }

        Assert.All(unread, static c => Assert.True(c.Available >= 4096));
        Assert.InRange(unread.Sum(static c => (long)c.Available), 500 * 4096, Most + (500 * 6000));

        // What was dropped comes again, and finds room once it is read.
        var last = unread[^1];
        var next = (uint)last.Available;
        while (last.Read(new byte[4096]) > 0)
        {
        }

        peer.Send(TcpFlags.Ack, 1 + next, 1, new byte[1000], from: 6499);
        peer.Run(0.01);
        Assert.Equal(1000, last.Available);
    }

    [Fact]
    public void Segments_beyond_gaps_take_no_more_than_the_window()
    {
        var peer = new RawPeer();
        var connection = peer.Open(new TcpOptions { SackPermitted = true });
        for (var i = 0u; i < 30_000; i++) peer.Send(TcpFlags.Ack, 3 + (i * 2), 1, "x"u8);
        peer.Run(0.1);
        Assert.InRange(connection.GetInfo().OutOfOrder.Count, 1, 512);
        Assert.Equal(0, connection.Available);
        peer.Send(TcpFlags.Ack, 1, 1, "ab"u8);
        peer.Run(0.1);
        Assert.Equal(3, connection.Available);
    }

    [Fact]
    public void Nonsense_in_options_is_read_as_far_as_it_makes_sense()
    {
        // RFC 9293 §3.1 (MUST-7): a header whose options end in the middle of one. The kind is MSS, the length 0, 1 or beyond the header.
        foreach (var length in new byte[] { 0, 1, 3, 255 })
        {
            var peer = new RawPeer();
            peer.Send(TcpFlags.Syn, 0, options: new TcpOptions { MaximumSegmentSize = 1 });
            var bytes = peer.Hosts.Wire.Frames[^1].Bytes;
            bytes[41] = length;
            bytes[36] = bytes[37] = 0;
            var checksum = InternetChecksum.Compute(bytes.AsSpan(20), RawPeer.Address, TwoHosts.RightV4, IpProtocol.Tcp);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(36), checksum);
            peer.Hosts.Wire.Inject(bytes);
            peer.Run(0.01);
            Assert.Contains(peer.Take(), static s => s.Flags == (TcpFlags.Syn | TcpFlags.Ack));
        }
    }

    private static void Send(RawPeer peer, TcpFlags flags, uint sequence, SequenceNumber acknowledgment, TcpOptions options, ReadOnlySpan<byte> text)
    {
        var header = new TcpHeader
        {
            SourcePort = 4000,
            DestinationPort = 80,
            SequenceNumber = peer.OwnInitial + sequence,
            AcknowledgmentNumber = acknowledgment,
            Flags = flags,
            Window = 500,
            Options = options,
        };
        var packet = new byte[20 + header.Length + text.Length];
        text.CopyTo(packet.AsSpan(packet.Length - text.Length));
        header.WriteTo(packet.AsSpan(20), RawPeer.Address, TwoHosts.RightV4);
        new Ipv4Header { TimeToLive = 64, Protocol = IpProtocol.Tcp, Source = RawPeer.Address, Destination = TwoHosts.RightV4 }.WriteTo(packet);
        peer.Hosts.Wire.Inject(packet);
    }
}
