using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An IPv6 fragment header (RFC 8200 §4.5).</summary>
public readonly ref struct Ipv6Fragment : IWireView<Ipv6Fragment>
{
    /// <summary>Octets of the header.</summary>
    public const int HeaderLength = 8;

    private static readonly FieldSpec[] Rows =
    [
        new("nextHeader", 0, 8, "RFC 8200 §4.5"),
        new("reserved", 8, 8, "RFC 8200 §4.5"),
        new("fragmentOffset", 16, 13, "RFC 8200 §4.5"),
        new("reserved2", 29, 2, "RFC 8200 §4.5"),
        new("moreFragments", 31, 1, "RFC 8200 §4.5"),
        new("identification", 32, 32, "RFC 8200 §4.5"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv6Fragment(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What the fragmentable part begins with.</summary>
    public IpProtocol NextHeader => (IpProtocol)_bytes[0];

    /// <summary>Eight bits that are sent as zero.</summary>
    public byte Reserved => _bytes[1];

    /// <summary>Where the piece belongs in the fragmentable part, in octets: a multiple of 8, up to 65,528.</summary>
    public int FragmentOffset => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) & 0xFFF8;

    /// <summary>Two bits that are sent as zero.</summary>
    public byte Reserved2 => (byte)((_bytes[3] >> 1) & 3);

    /// <summary>Fragments of the same packet follow behind this one.</summary>
    public bool MoreFragments => (_bytes[3] & 1) != 0;

    /// <summary>Ties fragments together.</summary>
    public uint Identification => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The whole packet in one "fragment" (RFC 6946).</summary>
    public bool IsAtomic => FragmentOffset == 0 && !MoreFragments;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ipv6Fragment view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort("IPv6 fragment header", 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        view = new Ipv6Fragment(bytes[..HeaderLength]);
        return true;
    }
}
