using System.Buffers.Binary;
using Fathom.Stack.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>A segment that arrived, taken apart once.</summary>
internal readonly ref struct IncomingSegment
{
    // NOP NOP, timestamps, length 10: how nearly every segment of a connection with timestamps begins its options (RFC 7323 appendix A).
    private const uint TimestampsAlone = 0x0101_080A;

    /// <summary>Takes a segment apart whose checksum was good.</summary>
    public IncomingSegment(TcpSegment segment)
    {
        SourcePort = segment.SourcePort;
        DestinationPort = segment.DestinationPort;
        Sequence = segment.SequenceNumber;
        Acknowledgment = segment.AcknowledgmentNumber;
        Flags = segment.Flags;
        Window = segment.Window;
        UrgentPointer = segment.UrgentPointer;
        Payload = segment.Payload;
        var options = segment.Options;
        if (options.IsEmpty) return;
        if (options.Length == 12 && BinaryPrimitives.ReadUInt32BigEndian(options) == TimestampsAlone)
        {
            Timestamps = new TcpTimestamps(BinaryPrimitives.ReadUInt32BigEndian(options[4..]), BinaryPrimitives.ReadUInt32BigEndian(options[8..]));
            HasTimestamps = true;
            return;
        }

        Options = TcpOptions.Read(options);
        if (Options.Timestamps is not { } timestamps) return;
        Timestamps = timestamps;
        HasTimestamps = true;
    }

    public ushort SourcePort { get; }

    public ushort DestinationPort { get; }

    public SequenceNumber Sequence { get; }

    public SequenceNumber Acknowledgment { get; }

    public TcpFlags Flags { get; }

    /// <summary>The window as it stands.</summary>
    public int Window { get; }

    public int UrgentPointer { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The options, but for timestamps that came alone.</summary>
    public TcpOptions Options { get; }

    /// <summary>The options, timestamps that came alone among them.</summary>
    public TcpOptions AllOptions => HasTimestamps ? Options with { Timestamps = Timestamps } : Options;

    public bool HasTimestamps { get; }

    public TcpTimestamps Timestamps { get; }

    public bool IsSyn => (Flags & TcpFlags.Syn) != 0;

    public bool IsAck => (Flags & TcpFlags.Ack) != 0;

    public bool IsFin => (Flags & TcpFlags.Fin) != 0;

    public bool IsReset => (Flags & TcpFlags.Rst) != 0;

    /// <summary>Numbers that it takes (RFC 9293 §3.4, SEG.LEN).</summary>
    public uint SequenceLength => (uint)Payload.Length + (IsSyn ? 1u : 0) + (IsFin ? 1u : 0);

    /// <summary>The number behind it.</summary>
    public SequenceNumber End => Sequence + SequenceLength;

    /// <summary>The connection that it belongs to, seen from this host.</summary>
    public FlowKey Ends(in Arrival arrival) => new(new IpEndpoint(arrival.Destination, DestinationPort), new IpEndpoint(arrival.Source, SourcePort));
}
