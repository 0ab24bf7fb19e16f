namespace Fathom.Wire.Internet;

/// <summary>A routing header (RFC 8200 §4.4).</summary>
public readonly ref struct Ipv6Routing : IWireView<Ipv6Routing>
{
    /// <summary>Source route, deprecated by RFC 5095.</summary>
    public const byte SourceRoute = 0;

    /// <summary>Mobile IPv6, RFC 6275 §6.4.</summary>
    public const byte MobileIpv6 = 2;

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

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv6Routing(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
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

    /// <summary>
    /// The last stop, where stops are left and the variant is one whose list Fathom reads (0, 2, 4). It is the
    /// destination in the pseudo-header (RFC 8200 §8.1).
    /// </summary>
    /// <param name="destination">The address, or the default.</param>
    public bool TryGetFinalDestination(out IpAddress destination)
    {
        destination = default;
        var addresses = (_bytes.Length - AddressesOffset) / AddressLength;
        if (SegmentsLeft == 0 || addresses == 0) return false;
        var index = RoutingType switch
        {
            SourceRoute => addresses - 1,
            MobileIpv6 => 0,
            SegmentRouting => 0, // RFC 8754 §2: the list is backwards, its first entry the last segment
            _ => -1,
        };
        if (index < 0) return false;
        destination = IpAddress.FromBytes(_bytes.Slice(AddressesOffset + (index * AddressLength), AddressLength));
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
