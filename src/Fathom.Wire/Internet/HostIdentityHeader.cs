using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A host identity protocol packet (RFC 7401 §5.1): hosts known by their keys, whatever their addresses.</summary>
public readonly ref struct HostIdentityHeader : IWireView<HostIdentityHeader>
{
    /// <summary>Octets before the parameters.</summary>
    public const int FixedLength = 40;

    private const string Spec = "RFC 7401 §5.1";

    private static readonly FieldSpec[] Rows =
    [
        new("nextHeader", 0, 8, Spec), new("headerLength", 8, 8, Spec), new("fixedZero", 16, 1, Spec), new("packetType", 17, 7, Spec),
        new("version", 24, 4, Spec), new("reserved", 28, 3, Spec), new("fixedOne", 31, 1, Spec), new("checksum", 32, 16, Spec),
        new("controls", 48, 16, Spec), new("senderIdentityTag", 64, 128, Spec), new("receiverIdentityTag", 192, 128, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private HostIdentityHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What follows the header: nothing, by the specification.</summary>
    public IpProtocol NextHeader => (IpProtocol)_bytes[0];

    /// <summary>The header's length in octets, a multiple of 8 (the field counts words of eight behind the first).</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>A bit that is sent as zero, and tells the packet from Shim6's.</summary>
    public bool FixedZero => (_bytes[2] & 0x80) != 0;

    /// <summary>What the packet is: 1 to 4 the base exchange, 16 update, 17 notify, 18 close.</summary>
    public byte PacketType => (byte)(_bytes[2] & 0x7F);

    /// <summary>2 for RFC 7401.</summary>
    public byte Version => (byte)(_bytes[3] >> 4);

    /// <summary>Three bits that are sent as zero.</summary>
    public byte Reserved => (byte)((_bytes[3] >> 1) & 7);

    /// <summary>A bit that is sent as one, and tells the packet from Shim6's.</summary>
    public bool FixedOne => (_bytes[3] & 1) != 0;

    /// <summary>The checksum as it stands; it covers a pseudo-header.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Flags; the lowest says that the sender is anonymous.</summary>
    public ushort Controls => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>The sender's host identity tag, which has an address's form.</summary>
    public IpAddress SenderIdentityTag => IpAddress.FromBytes(_bytes.Slice(8, 16));

    /// <summary>The receiver's host identity tag, which has an address's form.</summary>
    public IpAddress ReceiverIdentityTag => IpAddress.FromBytes(_bytes.Slice(24, 16));

    /// <summary>The parameters' octets, behind the fixed part (RFC 7401 §5.2).</summary>
    public ReadOnlySpan<byte> Parameters => _bytes[FixedLength..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HostIdentityHeader view, out WireError error)
    {
        var ok = Ipv6HeaderLength.TryCut(ref bytes, FixedLength, "HIP", out error);
        view = ok ? new HostIdentityHeader(bytes) : default;
        return ok;
    }
}
