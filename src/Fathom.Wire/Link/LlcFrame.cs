using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>An LLC header and what it carries (IEEE 802.2), read from behind the length of an 802.3 frame.</summary>
public readonly ref struct LlcFrame : IWireView<LlcFrame>
{
    /// <summary>Octets of the header of an unnumbered frame; information and supervisory frames have one more.</summary>
    public const int MinHeaderLength = 3;

    private const string Protocol = "LLC";
    private const string Spec = "IEEE 802.2 §3.2";

    private static readonly FieldSpec[] Rows =
        [new("destinationServiceAccessPoint", 0, 8, Spec), new("sourceServiceAccessPoint", 8, 8, Spec), new("control", 16, 8, "IEEE 802.2 §5.4")];

    private static readonly FieldSpec[] NumberedRows = [Rows[0], Rows[1], new("control", 16, 16, "IEEE 802.2 §5.4")];

    private readonly ReadOnlySpan<byte> _bytes;

    private LlcFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The fields of an unnumbered frame. <see cref="LayoutOf"/> knows the others.</summary>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Which protocol of the receiver; the lowest bit is set for a group.</summary>
    public LlcServiceAccessPoint Destination => (LlcServiceAccessPoint)_bytes[0];

    /// <summary>Which protocol of the sender, as it stands: the lowest bit is set in a response.</summary>
    public LlcServiceAccessPoint Source => (LlcServiceAccessPoint)_bytes[1];

    /// <summary>True if the frame answers a command (IEEE 802.2 §3.3.1.2).</summary>
    public bool IsResponse => (_bytes[1] & 1) != 0;

    /// <summary>Which of the three formats.</summary>
    public LlcFormat Format => FormatOf(_bytes[2]);

    /// <summary>The control field: one octet of an unnumbered frame, two of any other, the first the more significant.</summary>
    public ushort Control => Format == LlcFormat.Unnumbered ? _bytes[2] : BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Octets of the header: 3 or 4.</summary>
    public int HeaderLength => Format == LlcFormat.Unnumbered ? MinHeaderLength : MinHeaderLength + 1;

    /// <summary>True if a SNAP header follows (RFC 1042).</summary>
    public bool IsSnap => Destination == LlcServiceAccessPoint.Snap && (_bytes[1] & 0xFE) == (byte)LlcServiceAccessPoint.Snap && Format == LlcFormat.Unnumbered;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>The fields of a frame of one format.</summary>
    /// <param name="format">The format.</param>
    public static ReadOnlySpan<FieldSpec> LayoutOf(LlcFormat format) => format == LlcFormat.Unnumbered ? Rows : NumberedRows;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LlcFrame view, out WireError error)
    {
        view = default;
        error = default;
        var length = bytes.Length < MinHeaderLength || FormatOf(bytes[2]) == LlcFormat.Unnumbered ? MinHeaderLength : MinHeaderLength + 1;
        if (bytes.Length < length)
        {
            error = WireError.TooShort(Protocol, 0, length, bytes.Length, "header");
            return false;
        }

        view = new LlcFrame(bytes);
        return true;
    }

    // IEEE 802.2 §5.4.1: the lowest bit is 0 for information, the lowest two are 01 for supervisory, 11 for unnumbered.
    private static LlcFormat FormatOf(byte control) => (control & 1) == 0 ? LlcFormat.Information : (LlcFormat)(control & 3);
}
