using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A multicast listener report of version 2 (RFC 3810 §5.2), read from the ICMPv6 type on, with all records that it counts.</summary>
public readonly ref struct MldReport : IWireView<MldReport>
{
    /// <summary>Octets before the records.</summary>
    public const int FixedLength = 8;

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 3810 §5.2"), new("code", 8, 8, "RFC 3810 §5.2.1"), new("checksum", 16, 16, "RFC 3810 §5.2.2"),
        new("reserved", 32, 16, "RFC 3810 §5.2.1"), new("recordCount", 48, 16, "RFC 3810 §5.2.3"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private MldReport(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Eight bits that are sent as zero.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands; <see cref="Icmpv6Message.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Sixteen bits that are sent as zero.</summary>
    public ushort Reserved => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Group records.</summary>
    public int RecordCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Walks the records.</summary>
    public MulticastGroupRecordEnumerator EnumerateRecords() => new(_bytes[FixedLength..], RecordCount, IpVersion.V6);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MldReport view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < FixedLength)
            error = WireError.TooShort(NdMessage.Name, 0, FixedLength, bytes.Length, "multicast listener report");
        else if (bytes[0] != (byte)Icmpv6Type.MulticastListenerReportV2)
            error = WireError.BadValue(NdMessage.Name, 0, "the type is not the one asked for");
        if (error.IsError) return false;
        var read = new MldReport(bytes);
        if (!read.EnumerateRecords().TryReachEnd(FixedLength, out error)) return false;
        view = read;
        return true;
    }
}
