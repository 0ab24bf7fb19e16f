using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An ICMP address mask request or reply (RFC 950 appendix I; deprecated by RFC 6918), read from the type on.</summary>
public readonly ref struct IcmpAddressMask : IWireView<IcmpAddressMask>
{
    /// <summary>Octets of the message.</summary>
    public const int FixedLength = 12;

    private const string Spec = "RFC 950 appendix I";

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, Spec), new("code", 8, 8, Spec), new("checksum", 16, 16, Spec), new("identifier", 32, 16, Spec), new("sequenceNumber", 48, 16, Spec),
        new("addressMask", 64, 32, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private IcmpAddressMask(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>True for a reply.</summary>
    public bool IsReply => _bytes[0] == (byte)IcmpType.AddressMaskReply;

    /// <summary>Eight bits that are sent as zero.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands; <see cref="IcmpMessage.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Which conversation.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Which question of it.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>The netmask, written as an address; zero in a request.</summary>
    public IpAddress AddressMask => IpAddress.FromBytes(_bytes.Slice(8, 4));

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IcmpAddressMask view, out WireError error)
    {
        var ok = IcmpMessage.Check(bytes, FixedLength, IcmpType.AddressMaskRequest, IcmpType.AddressMaskReply, out error);
        view = ok ? new IcmpAddressMask(bytes[..FixedLength]) : default;
        return ok;
    }
}
