using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Transport;

/// <summary>
/// A TCP segment (RFC 9293 §3.1). It has no length of its own: it is the whole payload of its packet. The checksum
/// and damage inside the options are observed, not refused.
/// </summary>
public readonly ref struct TcpSegment : IWireView<TcpSegment>
{
    /// <summary>Octets of a header without options.</summary>
    public const int MinHeaderLength = 20;

    /// <summary>Octets of the longest header: the data offset counts up to fifteen words.</summary>
    public const int MaxHeaderLength = 60;

    private const string Name = "TCP";
    private const string Spec = "RFC 9293 §3.1";

    private static readonly FieldSpec[] Rows =
    [
        new("sourcePort", 0, 16, Spec),
        new("destinationPort", 16, 16, Spec),
        new("sequenceNumber", 32, 32, Spec),
        new("acknowledgmentNumber", 64, 32, Spec),
        new("dataOffset", 96, 4, Spec),
        new("reserved", 100, 3, Spec),
        new("ae", 103, 1, "RFC 9768 §3.1"),
        new("cwr", 104, 1, "RFC 3168 §6.1"),
        new("ece", 105, 1, "RFC 3168 §6.1"),
        new("urg", 106, 1, Spec),
        new("ack", 107, 1, Spec),
        new("psh", 108, 1, Spec),
        new("rst", 109, 1, Spec),
        new("syn", 110, 1, Spec),
        new("fin", 111, 1, Spec),
        new("window", 112, 16, Spec),
        new("checksum", 128, 16, Spec),
        new("urgentPointer", 144, 16, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private TcpSegment(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The sender's port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The number of the first data octet; of the SYN itself, where that is set.</summary>
    public SequenceNumber SequenceNumber => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]));

    /// <summary>The next number that the sender expects; counts if ACK is set.</summary>
    public SequenceNumber AcknowledgmentNumber => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]));

    /// <summary>The header's length in octets, 20 to 60 (the field counts words of four).</summary>
    public int HeaderLength => (_bytes[12] >> 4) * 4;

    /// <summary>Three bits that are sent as zero.</summary>
    public byte Reserved => (byte)((_bytes[12] >> 1) & 7);

    /// <summary>The control bits.</summary>
    public TcpFlags Flags => (TcpFlags)(BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]) & 0x01FF);

    /// <summary>The window as it stands: to be scaled, unless SYN is set (RFC 7323 §2.2).</summary>
    public ushort Window => BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    /// <summary>The checksum as it stands.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[16..]);

    /// <summary>Offset of the octet behind urgent data; counts if URG is set.</summary>
    public ushort UrgentPointer => BinaryPrimitives.ReadUInt16BigEndian(_bytes[18..]);

    /// <summary>The options' bytes, padding included: 0 to 40.</summary>
    public ReadOnlySpan<byte> Options => _bytes[MinHeaderLength..HeaderLength];

    /// <summary>The data, behind the header and its options.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>The whole segment.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Numbers that the segment takes: an octet of data, SYN and FIN one each (RFC 9293 §3.4).</summary>
    public uint SequenceLength
        => (uint)Payload.Length + ((Flags & TcpFlags.Syn) != 0 ? 1u : 0) + ((Flags & TcpFlags.Fin) != 0 ? 1u : 0);

    /// <summary>Walks the options.</summary>
    public TcpOptionEnumerator EnumerateOptions() => new(Options);

    /// <summary>True if the segment is intact by its checksum. A segment that is cut is not.</summary>
    /// <param name="source">The packet's source.</param>
    /// <param name="destination">The packet's final destination.</param>
    public bool ChecksumIsValid(IpAddress source, IpAddress destination)
        => InternetChecksum.Verify(_bytes, source, destination, IpProtocol.Tcp);

    /// <summary>The view over octets that were checked before, cut as the check cut them.</summary>
    internal static TcpSegment FromChecked(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TcpSegment view, out WireError error)
    {
        error = default;
        if (TryReadWhole(bytes, out view)) return true;
        if (bytes.Length < MinHeaderLength)
        {
            error = WireError.TooShort(Name, 0, MinHeaderLength, bytes.Length, "header");
            return false;
        }

        var headerLength = (bytes[12] >> 4) * 4;
        error = headerLength < MinHeaderLength
            ? WireError.BadLength(Name, 12, MinHeaderLength, headerLength, LengthSource.HeaderLength, "data offset")
            : WireError.TooShort(Name, MinHeaderLength, headerLength - MinHeaderLength, bytes.Length - MinHeaderLength, "options");
        return false;
    }

    /// <summary>Reads a segment whose header is whole; there is nothing to say about it. False for any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadWhole(ReadOnlySpan<byte> bytes, out TcpSegment view)
    {
        var isWhole = bytes.Length >= MinHeaderLength && (bytes[12] >> 4) * 4 is >= MinHeaderLength and var length && length <= bytes.Length;
        view = isWhole ? new TcpSegment(bytes) : default;
        return isWhole;
    }
}
