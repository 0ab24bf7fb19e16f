using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A router solicitation (RFC 4861 §4.1), read from the ICMPv6 type on. Every option has a length that fits.</summary>
public readonly ref struct RouterSolicitation : IWireView<RouterSolicitation>
{
    /// <summary>Octets before the options.</summary>
    public const int FixedLength = 8;

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 4861 §4.1"),
        new("code", 8, 8, "RFC 4861 §4.1"),
        new("checksum", 16, 16, "RFC 4861 §4.1"),
        new("reserved", 32, 32, "RFC 4861 §4.1"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private RouterSolicitation(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The checksum as it stands; <see cref="Icmpv6Message.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Thirty-two bits that are sent as zero.</summary>
    public uint Reserved => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The options' bytes.</summary>
    public ReadOnlySpan<byte> Options => _bytes[FixedLength..];

    /// <summary>Walks the options.</summary>
    public NdOptionEnumerator EnumerateOptions() => new(Options);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RouterSolicitation view, out WireError error)
    {
        var ok = NdMessage.Check(bytes, Icmpv6Type.RouterSolicitation, FixedLength, out error);
        view = ok ? new RouterSolicitation(bytes) : default;
        return ok;
    }
}
