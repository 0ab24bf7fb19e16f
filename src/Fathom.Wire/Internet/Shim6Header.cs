using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A Shim6 header (RFC 5533 §5): a control message, or the tag that a payload packet brings after a change of addresses.</summary>
public readonly ref struct Shim6Header : IWireView<Shim6Header>
{
    /// <summary>Octets of the shortest header.</summary>
    public const int MinHeaderLength = 8;

    private static readonly FieldSpec[] Rows =
    [
        new("nextHeader", 0, 8, "RFC 5533 §5.3"), new("headerExtensionLength", 8, 8, "RFC 5533 §5.3"), new("isPayload", 16, 1, "RFC 5533 §5.3"),
        new("messageType", 17, 7, "RFC 5533 §5.3"), new("typeSpecific", 24, 7, "RFC 5533 §5.3"), new("fixedZero", 31, 1, "RFC 5533 §5.3"),
        new("checksum", 32, 16, "RFC 5533 §5.3"), new("typeSpecific2", 48, 16, "RFC 5533 §5.3"),
    ];

    private static readonly FieldSpec[] PayloadRows =
    [
        new("nextHeader", 0, 8, "RFC 5533 §5.2"), new("headerExtensionLength", 8, 8, "RFC 5533 §5.2"), new("isPayload", 16, 1, "RFC 5533 §5.2"),
        new("receiverContextTag", 17, 47, "RFC 5533 §5.2"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private Shim6Header(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The fields of a control message. <see cref="LayoutOf"/> knows the payload's.</summary>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What follows the header: nothing, after a control message.</summary>
    public IpProtocol NextHeader => (IpProtocol)_bytes[0];

    /// <summary>The header's length in octets, a multiple of 8 (the field counts words of eight behind the first).</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>The header goes before a payload, and only brings the tag.</summary>
    public bool IsPayload => (_bytes[2] & 0x80) != 0;

    /// <summary>A control message's type: 1 I1, 2 R1, 3 I2, 4 R2.</summary>
    public byte MessageType => (byte)(_bytes[2] & 0x7F);

    /// <summary>Seven bits whose meaning the control message's type defines.</summary>
    public byte TypeSpecific => (byte)(_bytes[3] >> 1);

    /// <summary>A control message's bit that is sent as zero, and tells it from HIP's packets.</summary>
    public bool FixedZero => (_bytes[3] & 1) != 0;

    /// <summary>A control message's checksum as it stands.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Sixteen more bits whose meaning the control message's type defines.</summary>
    public ushort TypeSpecific2 => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Before a payload: which association, 47 bits.</summary>
    public ulong ReceiverContextTag => BinaryPrimitives.ReadUInt64BigEndian(_bytes) & 0x7FFF_FFFF_FFFF;

    /// <summary>The fields of a header of one kind.</summary>
    /// <param name="isPayload">It goes before a payload.</param>
    public static ReadOnlySpan<FieldSpec> LayoutOf(bool isPayload) => isPayload ? PayloadRows : Rows;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Shim6Header view, out WireError error)
    {
        var ok = Ipv6HeaderLength.TryCut(ref bytes, MinHeaderLength, "Shim6", out error);
        view = ok ? new Shim6Header(bytes) : default;
        return ok;
    }
}
