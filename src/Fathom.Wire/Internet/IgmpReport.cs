using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An IGMPv3 membership report (RFC 3376 §4.2), with all records that it counts.</summary>
public readonly ref struct IgmpReport : IWireView<IgmpReport>
{
    /// <summary>Octets before the records.</summary>
    public const int FixedLength = 8;

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 3376 §4.2"), new("reserved", 8, 8, "RFC 3376 §4.2.1"), new("checksum", 16, 16, "RFC 3376 §4.2.2"),
        new("reserved2", 32, 16, "RFC 3376 §4.2.1"), new("recordCount", 48, 16, "RFC 3376 §4.2.3"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private IgmpReport(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Eight bits that are sent as zero.</summary>
    public byte Reserved => _bytes[1];

    /// <summary>The checksum as it stands; <see cref="IgmpMessage.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Sixteen bits that are sent as zero.</summary>
    public ushort Reserved2 => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Group records.</summary>
    public int RecordCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Walks the records.</summary>
    public MulticastGroupRecordEnumerator EnumerateRecords() => new(_bytes[FixedLength..], RecordCount, IpVersion.V4);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IgmpReport view, out WireError error)
    {
        view = default;
        if (!IgmpMessage.Check(bytes, IgmpType.ReportV3, FixedLength, out error)) return false;
        var read = new IgmpReport(bytes);
        if (!read.EnumerateRecords().TryReachEnd(FixedLength, out error)) return false;
        view = read;
        return true;
    }
}
