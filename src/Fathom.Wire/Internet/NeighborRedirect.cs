using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A redirect (RFC 4861 §4.5), read from the ICMPv6 type on. Every option has a length that fits.</summary>
public readonly ref struct NeighborRedirect : IWireView<NeighborRedirect>
{
    /// <summary>Octets before the options.</summary>
    public const int FixedLength = 40;

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 4861 §4.5"),
        new("code", 8, 8, "RFC 4861 §4.5"),
        new("checksum", 16, 16, "RFC 4861 §4.5"),
        new("reserved", 32, 32, "RFC 4861 §4.5"),
        new("target", 64, 128, "RFC 4861 §4.5"),
        new("destination", 192, 128, "RFC 4861 §4.5"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private NeighborRedirect(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The checksum as it stands; <see cref="Icmpv6Message.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Thirty-two bits that are sent as zero.</summary>
    public uint Reserved => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The better first hop; the destination itself, if that is on the link.</summary>
    public IpAddress Target => IpAddress.FromBytes(_bytes.Slice(8, 16));

    /// <summary>The destination whose packets are to go there.</summary>
    public IpAddress Destination => IpAddress.FromBytes(_bytes.Slice(24, 16));

    /// <summary>The options' bytes.</summary>
    public ReadOnlySpan<byte> Options => _bytes[FixedLength..];

    /// <summary>Walks the options.</summary>
    public NdOptionEnumerator EnumerateOptions() => new(Options);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NeighborRedirect view, out WireError error)
    {
        var ok = NdMessage.Check(bytes, Icmpv6Type.Redirect, FixedLength, out error);
        view = ok ? new NeighborRedirect(bytes) : default;
        return ok;
    }
}
