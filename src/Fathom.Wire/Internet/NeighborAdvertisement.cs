using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A neighbor advertisement (RFC 4861 §4.4), read from the ICMPv6 type on. Every option has a length that fits.</summary>
public readonly ref struct NeighborAdvertisement : IWireView<NeighborAdvertisement>
{
    /// <summary>Octets before the options.</summary>
    public const int FixedLength = 24;

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 4861 §4.4"),
        new("code", 8, 8, "RFC 4861 §4.4"),
        new("checksum", 16, 16, "RFC 4861 §4.4"),
        new("router", 32, 1, "RFC 4861 §4.4"),
        new("solicited", 33, 1, "RFC 4861 §4.4"),
        new("override", 34, 1, "RFC 4861 §4.4"),
        new("reserved", 35, 29, "RFC 4861 §4.4"),
        new("target", 64, 128, "RFC 4861 §4.4"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private NeighborAdvertisement(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The checksum as it stands; <see cref="Icmpv6Message.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The sender is a router.</summary>
    public bool Router => (_bytes[4] & 0x80) != 0;

    /// <summary>The advertisement answers a solicitation.</summary>
    public bool Solicited => (_bytes[4] & 0x40) != 0;

    /// <summary>The link-layer address replaces a cached one.</summary>
    public bool Override => (_bytes[4] & 0x20) != 0;

    /// <summary>Twenty-nine bits that are sent as zero.</summary>
    public uint Reserved => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) & 0x1FFF_FFFF;

    /// <summary>The address that is advertised.</summary>
    public IpAddress Target => IpAddress.FromBytes(_bytes.Slice(8, 16));

    /// <summary>The options' bytes.</summary>
    public ReadOnlySpan<byte> Options => _bytes[FixedLength..];

    /// <summary>Walks the options.</summary>
    public NdOptionEnumerator EnumerateOptions() => new(Options);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NeighborAdvertisement view, out WireError error)
    {
        var ok = NdMessage.Check(bytes, Icmpv6Type.NeighborAdvertisement, FixedLength, out error);
        view = ok ? new NeighborAdvertisement(bytes) : default;
        return ok;
    }
}
