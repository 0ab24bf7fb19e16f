using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>
/// A packet of a BSD loopback capture: an address family, in the capturing host's byte order (LINKTYPE_NULL) or in network order (LINKTYPE_LOOP).
/// </summary>
public readonly ref struct LoopbackFrame : IWireView<LoopbackFrame>
{
    /// <summary>Octets before the payload.</summary>
    public const int HeaderLength = 4;

    private static readonly FieldSpec[] Rows = [new("addressFamily", 0, 32, "LINKTYPE_NULL")];

    private readonly ReadOnlySpan<byte> _bytes;

    private LoopbackFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>
    /// The address family, whichever byte order wrote it: families are small, so a number that does not fit 16 bits was written
    /// in the other order.
    /// </summary>
    public uint AddressFamily
    {
        get
        {
            var family = BinaryPrimitives.ReadUInt32BigEndian(_bytes);
            return family > 0xFFFF ? BinaryPrimitives.ReverseEndianness(family) : family;
        }
    }

    /// <summary>What follows; <see cref="EtherType.None"/> for a family that is neither IPv4's nor IPv6's.</summary>
    public EtherType EtherType => AddressFamily switch
    {
        2 => EtherType.Ipv4, // AF_INET, the same everywhere
        10 or 24 or 28 or 30 => EtherType.Ipv6, // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, macOS
        _ => EtherType.None,
    };

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LoopbackFrame view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort("loopback", 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        view = new LoopbackFrame(bytes);
        return true;
    }
}
