using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An IGMPv3 membership query (RFC 3376 §4.1), with all sources that it counts.</summary>
public readonly ref struct IgmpQuery : IWireView<IgmpQuery>
{
    /// <summary>Octets before the sources.</summary>
    public const int FixedLength = 12;

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 3376 §4.1"), new("maxResponseCode", 8, 8, "RFC 3376 §4.1.1"), new("checksum", 16, 16, "RFC 3376 §4.1.2"),
        new("group", 32, 32, "RFC 3376 §4.1.3"), new("reserved", 64, 4, "RFC 3376 §4.1.4"), new("suppress", 68, 1, "RFC 3376 §4.1.5"),
        new("robustness", 69, 3, "RFC 3376 §4.1.6"), new("queryIntervalCode", 72, 8, "RFC 3376 §4.1.7"), new("sourceCount", 80, 16, "RFC 3376 §4.1.8"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private IgmpQuery(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Until when to answer, by <see cref="MulticastCode.Decode(byte)"/> tenths of a second.</summary>
    public byte MaxResponseCode => _bytes[1];

    /// <summary>The checksum as it stands; <see cref="IgmpMessage.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The group asked about; 0.0.0.0 asks about all.</summary>
    public IpAddress Group => IpAddress.FromBytes(_bytes.Slice(4, 4));

    /// <summary>Four bits that are sent as zero.</summary>
    public byte Reserved => (byte)(_bytes[8] >> 4);

    /// <summary>Other routers shall not restart their timers for this query.</summary>
    public bool Suppress => (_bytes[8] & 8) != 0;

    /// <summary>How many messages the querier expects to be lost, and one; 0 for more than seven.</summary>
    public byte Robustness => (byte)(_bytes[8] & 7);

    /// <summary>The querier's interval, by <see cref="MulticastCode.Decode(byte)"/> seconds.</summary>
    public byte QueryIntervalCode => _bytes[9];

    /// <summary>Sources asked about.</summary>
    public int SourceCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]);

    /// <summary>One source.</summary>
    /// <param name="index">From 0 to <see cref="SourceCount"/>, less one.</param>
    public IpAddress GetSource(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return IpAddress.FromBytes(_bytes.Slice(FixedLength + (4 * index), 4));
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IgmpQuery view, out WireError error)
    {
        var ok = IgmpMessage.Check(bytes, IgmpType.MembershipQuery, FixedLength, out error)
            && MulticastSources.TryCut(ref bytes, FixedLength, BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]), 4, IgmpMessage.Name, out error);
        view = ok ? new IgmpQuery(bytes) : default;
        return ok;
    }
}
