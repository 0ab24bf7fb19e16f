using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A multicast listener query of version 2 (RFC 3810 §5.1), read from the ICMPv6 type on, with all sources that it counts.</summary>
public readonly ref struct MldQuery : IWireView<MldQuery>
{
    /// <summary>Octets before the sources. A query that is shorter is one of version 1 (RFC 3810 §8.1).</summary>
    public const int FixedLength = 28;

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 3810 §5.1"), new("code", 8, 8, "RFC 3810 §5.1.1"), new("checksum", 16, 16, "RFC 3810 §5.1.2"),
        new("maxResponseCode", 32, 16, "RFC 3810 §5.1.3"), new("reserved", 48, 16, "RFC 3810 §5.1.4"), new("group", 64, 128, "RFC 3810 §5.1.5"),
        new("reserved2", 192, 4, "RFC 3810 §5.1.6"), new("suppress", 196, 1, "RFC 3810 §5.1.7"), new("robustness", 197, 3, "RFC 3810 §5.1.8"),
        new("queryIntervalCode", 200, 8, "RFC 3810 §5.1.9"), new("sourceCount", 208, 16, "RFC 3810 §5.1.10"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private MldQuery(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Eight bits that are sent as zero.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands; <see cref="Icmpv6Message.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Until when to answer, by <see cref="MulticastCode.Decode(ushort)"/> milliseconds.</summary>
    public ushort MaxResponseCode => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Sixteen bits that are sent as zero.</summary>
    public ushort Reserved => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>The group asked about; "::" asks about all.</summary>
    public IpAddress Group => IpAddress.FromBytes(_bytes.Slice(8, 16));

    /// <summary>Four more bits that are sent as zero.</summary>
    public byte Reserved2 => (byte)(_bytes[24] >> 4);

    /// <summary>Other routers shall not restart their timers for this query.</summary>
    public bool Suppress => (_bytes[24] & 8) != 0;

    /// <summary>How many messages the querier expects to be lost, and one; 0 for more than seven.</summary>
    public byte Robustness => (byte)(_bytes[24] & 7);

    /// <summary>The querier's interval, by <see cref="MulticastCode.Decode(byte)"/> seconds.</summary>
    public byte QueryIntervalCode => _bytes[25];

    /// <summary>Sources asked about.</summary>
    public int SourceCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[26..]);

    /// <summary>One source.</summary>
    /// <param name="index">From 0 to <see cref="SourceCount"/>, less one.</param>
    public IpAddress GetSource(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return IpAddress.FromBytes(_bytes.Slice(FixedLength + (16 * index), 16));
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MldQuery view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < FixedLength)
            error = WireError.TooShort(NdMessage.Name, 0, FixedLength, bytes.Length, "multicast listener query");
        else if (bytes[0] != (byte)Icmpv6Type.MulticastListenerQuery)
            error = WireError.BadValue(NdMessage.Name, 0, "the type is not the one asked for");
        if (error.IsError) return false;
        if (!MulticastSources.TryCut(ref bytes, FixedLength, BinaryPrimitives.ReadUInt16BigEndian(bytes[26..]), 16, NdMessage.Name, out error)) return false;
        view = new MldQuery(bytes);
        return true;
    }
}
