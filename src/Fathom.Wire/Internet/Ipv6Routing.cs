using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A routing header (RFC 8200 §4.4).</summary>
public readonly ref struct Ipv6Routing : IWireView<Ipv6Routing>
{
    /// <summary>Source route, deprecated by RFC 5095.</summary>
    public const byte SourceRoute = 0;

    /// <summary>Mobile IPv6, RFC 6275 §6.4.</summary>
    public const byte MobileIpv6 = 2;

    /// <summary>Source route of low-power networks, with compressed addresses, RFC 6554.</summary>
    public const byte RplSourceRoute = 3;

    /// <summary>Segment routing header, RFC 8754.</summary>
    public const byte SegmentRouting = 4;

    private const int AddressesOffset = 8;
    private const int AddressLength = 16;
    private const string Name = "IPv6 routing header";

    private static readonly FieldSpec[] Rows =
    [
        new("nextHeader", 0, 8, "RFC 8200 §4.4"),
        new("headerExtensionLength", 8, 8, "RFC 8200 §4.4"),
        new("routingType", 16, 8, "RFC 8200 §4.4"),
        new("segmentsLeft", 24, 8, "RFC 8200 §4.4"),
    ];

    private static readonly FieldSpec[] SourceRouteRows = [.. Rows, new("reserved", 32, 32, "RFC 5095")];

    private static readonly FieldSpec[] MobileRows = [.. Rows, new("reserved", 32, 32, "RFC 6275 §6.4.1")];

    private static readonly FieldSpec[] RplRows =
    [
        .. Rows, new("compressedOctets", 32, 4, "RFC 6554 §3"), new("compressedOctetsOfLast", 36, 4, "RFC 6554 §3"), new("padding", 40, 4, "RFC 6554 §3"),
        new("reserved", 44, 20, "RFC 6554 §3"),
    ];

    private static readonly FieldSpec[] SegmentRoutingRows =
        [.. Rows, new("lastEntry", 32, 8, "RFC 8754 §2"), new("flags", 40, 8, "RFC 8754 §2"), new("tag", 48, 16, "RFC 8754 §2")];

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv6Routing(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The fields of every routing header. <see cref="LayoutOf"/> knows the rest.</summary>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What follows the header.</summary>
    public IpProtocol NextHeader => (IpProtocol)_bytes[0];

    /// <summary>The header's length in octets, a multiple of 8 (the field counts words of eight behind the first).</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>The variant: 0, 2 (RFC 6275), 3 (RFC 6554), 4 (RFC 8754).</summary>
    public byte RoutingType => _bytes[2];

    /// <summary>Stops that are still to be visited.</summary>
    public byte SegmentsLeft => _bytes[3];

    /// <summary>What the variant defines, from the fifth octet on.</summary>
    public ReadOnlySpan<byte> TypeData => _bytes[4..];

    /// <summary>Thirty-two bits behind the common fields: reserved in types 0 and 2.</summary>
    public uint TypeWord => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Type 4: the index of the list's last entry, from 0 on.</summary>
    public byte LastEntry => _bytes[4];

    /// <summary>Type 4: eight flags, none of them in use (RFC 8754 §8.1).</summary>
    public byte SegmentRoutingFlags => _bytes[5];

    /// <summary>Type 4: marks packets of one kind.</summary>
    public ushort Tag => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Type 3: octets that each address but the last shares with the packet's destination, and leaves out.</summary>
    public byte CompressedOctets => (byte)(_bytes[4] >> 4);

    /// <summary>Type 3: octets that the last address shares with the packet's destination, and leaves out.</summary>
    public byte CompressedOctetsOfLast => (byte)(_bytes[4] & 0x0F);

    /// <summary>Type 3: octets of padding behind the addresses.</summary>
    public byte Padding => (byte)(_bytes[5] >> 4);

    /// <summary>Addresses in the header; 0 for a type that Fathom does not know, and where the numbers contradict each other.</summary>
    public int AddressCount
    {
        get
        {
            var octets = _bytes.Length - AddressesOffset;
            switch (RoutingType)
            {
                case SourceRoute or MobileIpv6: return octets / AddressLength;
                case SegmentRouting: return Math.Min(octets / AddressLength, LastEntry + 1);
                case RplSourceRoute:
                    // RFC 6554 §3: n = (((Hdr Ext Len * 8) - Pad - (16 - CmprE)) / (16 - CmprI)) + 1
                    var others = octets - Padding - (AddressLength - CompressedOctetsOfLast);
                    return others < 0 ? 0 : (others / (AddressLength - CompressedOctets)) + 1;
                default: return 0;
            }
        }
    }

    /// <summary>Octets behind the addresses: type 4's TLVs, type 3's padding.</summary>
    public ReadOnlySpan<byte> Trailer => AddressCount == 0 ? default : _bytes[(PlaceOf(AddressCount - 1).Offset + PlaceOf(AddressCount - 1).Length)..];

    /// <summary>The fields of a header of one type, as far as the first eight octets go; the addresses follow them.</summary>
    /// <param name="routingType">The type.</param>
    public static ReadOnlySpan<FieldSpec> LayoutOf(byte routingType) => routingType switch
    {
        SourceRoute => SourceRouteRows,
        MobileIpv6 => MobileRows,
        RplSourceRoute => RplRows,
        SegmentRouting => SegmentRoutingRows,
        _ => Rows,
    };

    /// <summary>One address of the header.</summary>
    /// <param name="index">From 0 to <see cref="AddressCount"/>, less one.</param>
    /// <param name="destination">The packet's destination, of which type 3 leaves the beginning out.</param>
    public IpAddress GetAddress(int index, IpAddress destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, AddressCount);
        var (offset, length) = PlaceOf(index);
        if (length == AddressLength) return IpAddress.FromBytes(_bytes.Slice(offset, length));
        Span<byte> address = stackalloc byte[AddressLength];
        destination.WriteTo(address);
        _bytes.Slice(offset, length).CopyTo(address[(AddressLength - length)..]);
        return IpAddress.FromBytes(address);
    }

    /// <summary>Where an address stands, in octets from the header's first: type 3's are shorter than 16.</summary>
    internal (int Offset, int Length) PlaceOf(int index)
    {
        if (RoutingType != RplSourceRoute) return (AddressesOffset + (index * AddressLength), AddressLength);
        var length = AddressLength - CompressedOctets;
        return (AddressesOffset + (index * length), index == AddressCount - 1 ? AddressLength - CompressedOctetsOfLast : length);
    }

    /// <summary>
    /// The last stop, where stops are left and the variant is one whose list Fathom reads (0, 2, 3, 4). It is the
    /// destination in the pseudo-header (RFC 8200 §8.1).
    /// </summary>
    /// <param name="destination">The packet's destination.</param>
    /// <param name="last">The address, or the default.</param>
    public bool TryGetFinalDestination(IpAddress destination, out IpAddress last)
    {
        last = default;
        var addresses = AddressCount;
        if (SegmentsLeft == 0 || addresses == 0) return false;
        // RFC 8754 §2: the list is backwards, its first entry the last segment. Type 2 has one address.
        last = GetAddress(RoutingType is SegmentRouting or MobileIpv6 ? 0 : addresses - 1, destination);
        return true;
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ipv6Routing view, out WireError error)
    {
        view = default;
        error = default;
        var length = bytes.Length < 2 ? 8 : (bytes[1] + 1) * 8;
        if (bytes.Length < length)
        {
            error = WireError.TooShort(Name, 0, length, bytes.Length, "header");
            return false;
        }

        view = new Ipv6Routing(bytes[..length]);
        return true;
    }
}
