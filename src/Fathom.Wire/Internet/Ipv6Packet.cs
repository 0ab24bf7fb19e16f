using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Fathom.Wire.Internet;

/// <summary>An IPv6 packet (RFC 8200), cut to its payload length. Extension headers are part of the payload.</summary>
public readonly ref struct Ipv6Packet : IWireView<Ipv6Packet>
{
    /// <summary>Octets of the fixed header.</summary>
    public const int HeaderLength = 40;

    /// <summary>Octets that every link carries (RFC 8200 §5).</summary>
    public const int MinMtu = 1280;

    private const string Name = "IPv6";

    private static readonly FieldSpec[] Rows =
    [
        new("version", 0, 4, "RFC 8200 §3"),
        new("dscp", 4, 6, "RFC 2474 §3"),
        new("ecn", 10, 2, "RFC 3168 §5"),
        new("flowLabel", 12, 20, "RFC 6437 §2"),
        new("payloadLength", 32, 16, "RFC 8200 §3"),
        new("nextHeader", 48, 8, "RFC 8200 §3"),
        new("hopLimit", 56, 8, "RFC 8200 §3"),
        new("source", 64, 128, "RFC 8200 §3"),
        new("destination", 192, 128, "RFC 8200 §3"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv6Packet(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The traffic class: DSCP and ECN together.</summary>
    public byte TrafficClass => (byte)(BinaryPrimitives.ReadUInt16BigEndian(_bytes) >> 4);

    /// <summary>Differentiated services code point, 0 to 63 (RFC 2474).</summary>
    public byte Dscp => (byte)(TrafficClass >> 2);

    /// <summary>Explicit congestion notification (RFC 3168).</summary>
    public Ecn Ecn => (Ecn)(TrafficClass & 3);

    /// <summary>Flow label, 20 bits; 0 for none.</summary>
    public uint FlowLabel => BinaryPrimitives.ReadUInt32BigEndian(_bytes) & 0x000F_FFFF;

    /// <summary>Octets behind the fixed header, as the header states them.</summary>
    public ushort PayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>What follows the fixed header: an extension header or the upper layer.</summary>
    public IpProtocol NextHeader => (IpProtocol)_bytes[6];

    /// <summary>Routers that may still forward the packet.</summary>
    public byte HopLimit => _bytes[7];

    /// <summary>The sender's address.</summary>
    public IpAddress Source => IpAddress.FromV6(BinaryPrimitives.ReadUInt128BigEndian(_bytes[8..]));

    /// <summary>The receiver; with a routing header not yet walked, the next stop.</summary>
    public IpAddress Destination => IpAddress.FromV6(BinaryPrimitives.ReadUInt128BigEndian(_bytes[24..]));

    /// <summary>Extension headers and upper layer, without link padding.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>The whole packet, header and payload.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Walks the extension headers.</summary>
    public Ipv6ExtensionEnumerator EnumerateExtensions() => new(NextHeader, Payload);

    /// <summary>The view over octets that were checked before, cut as the check cut them.</summary>
    internal static Ipv6Packet FromChecked(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ipv6Packet view, out WireError error)
    {
        if (TryReadTruncated(bytes, out view, out error) && !error.IsError) return true;
        view = default;
        return false;
    }

    /// <summary>
    /// Reads a packet whose end may be missing, as an ICMP error quotes it or a capture cuts it. True with an
    /// error means: the fixed header is whole, the payload is what is there.
    /// </summary>
    /// <param name="bytes">From the version on.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">What is missing or wrong.</param>
    public static bool TryReadTruncated(ReadOnlySpan<byte> bytes, out Ipv6Packet view, out WireError error)
    {
        error = default;
        if (TryReadWhole(bytes, out view)) return true;
        if (!bytes.IsEmpty && bytes[0] >> 4 != 6)
        {
            error = WireError.BadVersion(Name, 0, "the version field is not 6");
            return false;
        }

        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort(Name, 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        var payloadLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        var available = bytes.Length - HeaderLength;
        // RFC 2675 §3: length zero with hop-by-hop options is a jumbogram; no link that Fathom reads carries one.
        error = payloadLength > available
            ? WireError.TooShort(Name, HeaderLength, payloadLength, available, "payload")
            : WireError.BadLength(Name, 4, 8, 0, LengthSource.TotalLength, "payload length of a packet with hop-by-hop options");
        view = new Ipv6Packet(bytes);
        return true;
    }

    /// <summary>Reads a packet that is whole: the ordinary one, about which there is nothing to say. False for any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadWhole(ReadOnlySpan<byte> bytes, out Ipv6Packet view)
    {
        view = default;
        if (bytes.Length < HeaderLength || bytes[0] >> 4 != 6) return false;
        int payloadLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (payloadLength > bytes.Length - HeaderLength || (payloadLength == 0 && bytes[6] == (byte)IpProtocol.HopByHop)) return false;
        view = new Ipv6Packet(bytes[..(HeaderLength + payloadLength)]);
        return true;
    }

    /// <summary>
    /// Walks the extension headers to what they lead to. False if they are damaged or too many
    /// (<see cref="Ipv6ExtensionEnumerator.MaxHeaders"/>); what was read up to there is in the result all the same.
    /// </summary>
    /// <param name="upper">The upper layer, or a later fragment's piece of it.</param>
    /// <param name="error">Why not; its offset counts from the packet's start.</param>
    public bool TryReadUpperLayer(out Ipv6UpperLayer upper, out WireError error)
    {
        upper = Ipv6UpperLayer.Find(this, out error);
        return !error.IsError;
    }
}
