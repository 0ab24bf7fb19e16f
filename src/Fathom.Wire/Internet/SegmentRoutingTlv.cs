namespace Fathom.Wire.Internet;

/// <summary>One TLV behind the segments of a segment routing header (RFC 8754 §2.1).</summary>
public readonly ref struct SegmentRoutingTlv
{
    /// <summary>One octet of padding.</summary>
    public const byte Pad1 = 0;

    /// <summary>Two or more octets of padding.</summary>
    public const byte PadN = 4;

    /// <summary>A keyed hash over the header.</summary>
    public const byte Hmac = 5;

    private const string Spec = "RFC 8754 §2.1";

    private static readonly FieldSpec[] Framing = [new("type", 0, 8, Spec), new("length", 8, 8, Spec)];
    private static readonly ElementLayout Pad1Layout = new("pad1", "RFC 8754 §2.1.1.1", [Framing[0]]);
    private static readonly ElementLayout PadNLayout = new("padN", "RFC 8754 §2.1.1.2", Framing);
    private static readonly ElementLayout UnknownLayout = new("tlv", Spec, Framing, rest: "value");

    private static readonly ElementLayout HmacLayout = new(
        "hmac",
        "RFC 8754 §2.1.2",
        [
            .. Framing, new("destinationUnverified", 16, 1, "RFC 8754 §2.1.2"), new("reserved", 17, 15, "RFC 8754 §2.1.2"),
            new("keyId", 32, 32, "RFC 8754 §2.1.2"),
        ],
        rest: "value");

    internal SegmentRoutingTlv(int offset, ReadOnlySpan<byte> bytes)
    {
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Octets from the start of the TLVs.</summary>
    public int Offset { get; }

    /// <summary>The whole TLV.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What it is.</summary>
    public byte Type => Bytes[0];

    /// <summary>What follows type and length.</summary>
    public ReadOnlySpan<byte> Data => Bytes.Length > 2 ? Bytes[2..] : default;

    /// <summary>The layout of a TLV of one type.</summary>
    /// <param name="type">The type.</param>
    public static ElementLayout LayoutOf(byte type) => type switch
    {
        Pad1 => Pad1Layout,
        PadN => PadNLayout,
        Hmac => HmacLayout,
        _ => UnknownLayout,
    };
}
