using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Support;

/// <summary>A peer that is no stack: it says what a test lets it say, as 10.0.0.9, to the right one of two hosts; and sees what that host answers.</summary>
internal sealed class RawPeer
{
    public static readonly IpAddress Address = IpAddress.Parse("10.0.0.9");

    private int _seen;

    public RawPeer(TcpSettings? settings = null, int backlog = 16, ushort port = 80)
    {
        Hosts = new TwoHosts(right: new StackOptions { Tcp = settings ?? new TcpSettings() });
        Assert.True(Hosts.Right.Tcp.TryListen(new IpEndpoint(TwoHosts.RightV4, port), new TcpListenOptions { Backlog = backlog }, out var listener, out _));
        Listener = listener;
    }

    public TwoHosts Hosts { get; }

    public TcpListener Listener { get; }

    public NetworkStack Stack => Hosts.Right;

    public SequenceNumber OwnInitial { get; } = new(1_000_000);

    public SequenceNumber HostInitial { get; private set; }

    public void Run(double seconds) => Hosts.Wire.Run(seconds);

    /// <summary>Sends a segment whose numbers count from the initial ones.</summary>
    public void Send(TcpFlags flags, uint sequence, uint acknowledgment = 0, ReadOnlySpan<byte> text = default, ushort window = 65535, TcpOptions options = default, ushort from = 4000, IpAddress? source = null, ushort urgent = 0)
    {
        var header = new TcpHeader
        {
            SourcePort = from,
            DestinationPort = Listener.Local.Port,
            SequenceNumber = OwnInitial + sequence,
            AcknowledgmentNumber = (flags & TcpFlags.Ack) == 0 ? default : HostInitial + acknowledgment,
            Flags = flags,
            Window = window,
            UrgentPointer = urgent,
            Options = options,
        };
        var packet = new byte[Ipv4Packet.MinHeaderLength + header.Length + text.Length];
        text.CopyTo(packet.AsSpan(packet.Length - text.Length));
        header.WriteTo(packet.AsSpan(Ipv4Packet.MinHeaderLength), source ?? Address, TwoHosts.RightV4);
        new Ipv4Header { TimeToLive = 64, Protocol = IpProtocol.Tcp, Source = source ?? Address, Destination = TwoHosts.RightV4 }.WriteTo(packet);
        Hosts.Wire.Inject(packet);
    }

    /// <summary>Opens a connection.</summary>
    public TcpConnection Open(TcpOptions options = default, ushort window = 65535, ushort from = 4000)
    {
        Send(TcpFlags.Syn, 0, options: options, window: window, from: from);
        Run(0.01);
        var answer = Assert.Single(Take(from));
        Assert.Equal(TcpFlags.Syn | TcpFlags.Ack, answer.Flags);
        HostInitial = answer.Sequence;
        Send(TcpFlags.Ack, 1, 1, window: window, from: from, options: options.Timestamps is null ? default : new TcpOptions { Timestamps = options.Timestamps });
        Run(0.01);
        Assert.True(Listener.TryAccept(out var connection));
        Assert.Equal(TcpState.Established, connection.State);
        return connection;
    }

    /// <summary>Segments that the host has sent to this peer since the last call.</summary>
    public IReadOnlyList<SeenSegment> Take(ushort to = 4000)
    {
        var segments = new List<SeenSegment>();
        for (; _seen < Hosts.Wire.Frames.Count; _seen++)
        {
            var frame = Hosts.Wire.Frames[_seen];
            if (frame.From != Hosts.RightPort || !Ipv4Packet.TryRead(frame.Bytes, out var packet, out _) || packet.Protocol != IpProtocol.Tcp) continue;
            Assert.True(TcpSegment.TryRead(packet.Payload, out var segment, out _));
            Assert.True(segment.ChecksumIsValid(packet.Source, packet.Destination));
            if (segment.DestinationPort != to) continue;
            segments.Add(new SeenSegment(
                frame.At, segment.Flags, segment.SequenceNumber, segment.SequenceNumber - HostInitial, segment.AcknowledgmentNumber - OwnInitial, segment.Payload.ToArray(), segment.Window, TcpOptions.Read(segment.Options)));
        }

        return segments;
    }
}
