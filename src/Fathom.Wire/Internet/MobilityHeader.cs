using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A mobility header (RFC 6275 §6.1), by which mobile hosts and their home agents speak.</summary>
public readonly ref struct MobilityHeader : IWireView<MobilityHeader>
{
    /// <summary>Octets of the shortest header.</summary>
    public const int MinHeaderLength = 8;

    private const string Spec = "RFC 6275 §6.1.1";

    private static readonly FieldSpec[] Rows =
    [
        new("nextHeader", 0, 8, Spec), new("headerExtensionLength", 8, 8, Spec), new("messageType", 16, 8, Spec), new("reserved", 24, 8, Spec),
        new("checksum", 32, 16, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private MobilityHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What follows the header: nothing, by the specification.</summary>
    public IpProtocol NextHeader => (IpProtocol)_bytes[0];

    /// <summary>The header's length in octets, a multiple of 8 (the field counts words of eight behind the first).</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>What the message is: 0 binding refresh request, 5 binding update, 6 its acknowledgment.</summary>
    public byte MessageType => _bytes[2];

    /// <summary>Eight bits that are sent as zero.</summary>
    public byte Reserved => _bytes[3];

    /// <summary>The checksum as it stands; it covers a pseudo-header.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>What the message's type defines.</summary>
    public ReadOnlySpan<byte> Message => _bytes[6..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MobilityHeader view, out WireError error)
    {
        var ok = Ipv6HeaderLength.TryCut(ref bytes, MinHeaderLength, "mobility header", out error);
        view = ok ? new MobilityHeader(bytes) : default;
        return ok;
    }
}
