using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Fathom.Stack;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Packetdrill.Playing;

/// <summary>The endpoint under test: a stack with one interface, on a clock that moves from deadline to deadline.</summary>
internal sealed class VirtualHost
{
    // A stack that sends without end at one moment would hang the runner.
    private const int MaxPacketsAtOnce = 100_000;

    private readonly Queue<SeenPacket> _seen = new();

    public VirtualHost(Configuration configuration)
    {
        // The clock does not begin at zero: a stack must not take zero for "never".
        Now = TimeSpan.FromSeconds(1000);
        Stack = new NetworkStack(configuration.ToStackOptions(), new SeededRandom(1));
        Interface = Stack.AddInterface(configuration.ToInterfaceOptions());
        configuration.AddAddresses(Stack, Interface);
        Pump();
        _seen.Clear();
    }

    public NetworkStack Stack { get; }

    public NetworkInterface Interface { get; }

    public TimeSpan Now { get; private set; }

    /// <summary>Called after anything that may have let a waiting call go on.</summary>
    public Action? Changed { get; set; }

    /// <summary>Is told of every packet that is sent.</summary>
    public Action<SeenPacket>? Sent { get; set; }

    /// <summary>What went wrong in the stack itself.</summary>
    public string? Fault { get; private set; }

    public bool TryTakeSeen([NotNullWhen(true)] out SeenPacket? packet) => _seen.TryDequeue(out packet);

    /// <summary>Gives the stack a packet.</summary>
    public void Inject(ReadOnlySpan<byte> packet)
    {
        var buffer = Stack.Pool.Rent(packet.Length);
        packet.CopyTo(buffer.Append(packet.Length));
        Stack.Receive(Interface, buffer, Now);
        Pump();
    }

    /// <summary>Takes what the stack wants to send, after a call or whatever else happened.</summary>
    public void Pump()
    {
        PumpQuietly();
        Changed?.Invoke();
    }

    /// <summary>The same in the middle of a call, which need not be told that something changed.</summary>
    public void PumpQuietly()
    {
        for (var i = 0; Stack.TryTransmit(Interface, Now, out var frame); i++)
        {
            Capture(frame);
            Stack.Pool.Return(frame);
            if (i < MaxPacketsAtOnce) continue;
            Fault = "the stack sends without end";
            break;
        }
    }

    /// <summary>Goes to the next deadline, if there is one no later than a limit.</summary>
    /// <returns>False if there is none; the clock then stands at the limit.</returns>
    public bool TryStep(TimeSpan limit, bool inclusive)
    {
        if (Stack.Deadline is not { } next || (inclusive ? next > limit : next >= limit) || Fault is not null)
        {
            if (limit > Now) Now = limit;
            return false;
        }

        if (next > Now) Now = next;
        Stack.HandleDeadline(Now);
        Pump();
        return true;
    }

    /// <summary>Goes to a time. Timers due at that very moment are left for later: a packet or a call at the same moment comes first, as no system's timer is early.</summary>
    public void AdvanceTo(TimeSpan time)
    {
        while (TryStep(time, inclusive: false))
        {
        }
    }

    private bool MoreWaits(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < TcpSegment.MinHeaderLength) return false;
        var (local, remote) = (BinaryPrimitives.ReadUInt16BigEndian(segment), BinaryPrimitives.ReadUInt16BigEndian(segment[2..]));
        return Stack.Tcp.Connections.FirstOrDefault(c => c.Local.Port == local && c.Remote.Port == remote) is { Unsent: > 0 };
    }

    // Neighbor discovery and group reports are the interface's own affair: scripts speak of TCP, UDP and the ICMP messages about them.
    private void Capture(PacketBuffer frame)
    {
        var bytes = frame.Span;
        if (bytes.Length > 40 && bytes[0] >> 4 == 6 && (bytes[6] == 0 || (bytes[6] == (byte)IpProtocol.Icmpv6 && bytes[40] is >= 130 and not 160 and not 161))) return;
        if (bytes.Length > 9 && bytes[0] >> 4 == 4 && bytes[9] == (byte)IpProtocol.Igmp) return;
        var moreWaits = MoreWaits(bytes[^frame.TransportLength..]);
        var pieces = Segmentation.Cut(frame).ToList();
        for (var i = 0; i < pieces.Count; i++)
        {
            // Behind each piece but the last the others wait.
            var seen = new SeenPacket(Now, pieces[i], moreWaits || i < pieces.Count - 1);
            _seen.Enqueue(seen);
            Sent?.Invoke(seen);
        }
    }
}
