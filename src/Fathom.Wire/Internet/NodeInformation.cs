using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An ICMPv6 node information query or reply (RFC 4620 §4), read from the type on.</summary>
public readonly ref struct NodeInformation : IWireView<NodeInformation>
{
    /// <summary>Octets before the data.</summary>
    public const int FixedLength = 16;

    private const string Spec = "RFC 4620 §4";

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, Spec), new("code", 8, 8, Spec), new("checksum", 16, 16, Spec), new("queryType", 32, 16, Spec), new("reserved", 48, 10, Spec),
        new("globalScope", 58, 1, "RFC 4620 §6.3"), new("siteLocal", 59, 1, "RFC 4620 §6.3"), new("linkLocal", 60, 1, "RFC 4620 §6.3"),
        new("compatible", 61, 1, "RFC 4620 §6.3"), new("all", 62, 1, "RFC 4620 §6.3"), new("truncated", 63, 1, "RFC 4620 §6.3"), new("nonce", 64, 64, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private NodeInformation(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>True for a reply.</summary>
    public bool IsReply => _bytes[0] == (byte)Icmpv6Type.NodeInformationReply;

    /// <summary>Of a query, what the subject is: 0 an IPv6 address, 1 a name, 2 an IPv4 address. Of a reply: 0 success, 1 refused, 2 unknown.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands; <see cref="Icmpv6Message.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>What is asked: 0 nothing, 2 the name, 3 IPv6 addresses, 4 IPv4 addresses.</summary>
    public ushort QueryType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Ten bits that are sent as zero.</summary>
    public ushort Reserved => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]) >> 6);

    /// <summary>Of addresses: those of global scope.</summary>
    public bool GlobalScope => (_bytes[7] & 0x20) != 0;

    /// <summary>Of addresses: site-local ones.</summary>
    public bool SiteLocal => (_bytes[7] & 0x10) != 0;

    /// <summary>Of addresses: link-local ones.</summary>
    public bool LinkLocal => (_bytes[7] & 0x08) != 0;

    /// <summary>Of addresses: IPv4-compatible and IPv4-mapped ones.</summary>
    public bool Compatible => (_bytes[7] & 0x04) != 0;

    /// <summary>Of addresses: those of all interfaces.</summary>
    public bool All => (_bytes[7] & 0x02) != 0;

    /// <summary>Of addresses: not all fitted the reply.</summary>
    public bool Truncated => (_bytes[7] & 0x01) != 0;

    /// <summary>Ties the reply to the query.</summary>
    public ulong Nonce => BinaryPrimitives.ReadUInt64BigEndian(_bytes[8..]);

    /// <summary>The subject or the answer.</summary>
    public ReadOnlySpan<byte> Data => _bytes[FixedLength..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NodeInformation view, out WireError error)
    {
        var ok = IcmpMessage.Check(bytes, FixedLength, (IcmpType)Icmpv6Type.NodeInformationQuery, (IcmpType)Icmpv6Type.NodeInformationReply, out error);
        view = ok ? new NodeInformation(bytes) : default;
        return ok;
    }
}
