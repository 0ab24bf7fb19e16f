using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>One group record of an IGMPv3 (RFC 3376 §4.2.3) or MLDv2 report (RFC 3810 §5.2.4).</summary>
public readonly ref struct MulticastGroupRecord
{
    private static readonly ElementLayout LayoutOfV4 = MakeLayout("RFC 3376 §4.2.4", 32);
    private static readonly ElementLayout LayoutOfV6 = MakeLayout("RFC 3810 §5.2.5", 128);

    private readonly int _addressLength;

    internal MulticastGroupRecord(int offset, ReadOnlySpan<byte> bytes, int addressLength)
    {
        Offset = offset;
        Bytes = bytes;
        _addressLength = addressLength;
    }

    /// <summary>Octets from the start of the records.</summary>
    public int Offset { get; }

    /// <summary>The whole record.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What the record says.</summary>
    public MulticastRecordType Type => (MulticastRecordType)Bytes[0];

    /// <summary>Sources in the record.</summary>
    public int SourceCount => BinaryPrimitives.ReadUInt16BigEndian(Bytes[2..]);

    /// <summary>The group's address, of either version.</summary>
    public IpAddress Group => IpAddress.FromBytes(Bytes.Slice(4, _addressLength));

    /// <summary>Octets behind the sources; no use for them is defined.</summary>
    public ReadOnlySpan<byte> AuxiliaryData => Bytes[(Bytes.Length - (4 * Bytes[1]))..];

    /// <summary>Where a record's fields stand; the group that repeats is a source, and auxiliary data follows the last one.</summary>
    /// <param name="version">IGMP's, or MLD's.</param>
    public static ElementLayout LayoutOf(IpVersion version) => version == IpVersion.V6 ? LayoutOfV6 : LayoutOfV4;

    /// <summary>One source.</summary>
    /// <param name="index">From 0 to <see cref="SourceCount"/>, less one.</param>
    public IpAddress GetSource(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, SourceCount);
        return IpAddress.FromBytes(Bytes.Slice(4 + _addressLength + (index * _addressLength), _addressLength));
    }

    private static ElementLayout MakeLayout(string spec, int addressBits) => new(
        "groupRecord",
        spec,
        [new("type", 0, 8, spec), new("auxiliaryLength", 8, 8, spec), new("sourceCount", 16, 16, spec), new("group", 32, addressBits, spec)],
        [new("source", 0, addressBits, spec)],
        "auxiliaryData",
        framing: 0);
}
