using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>The answer to an extended echo request of ICMP or ICMPv6 (RFC 8335 §3), read from the type on.</summary>
public readonly ref struct ExtendedEchoReply : IWireView<ExtendedEchoReply>
{
    /// <summary>Octets of the message.</summary>
    public const int FixedLength = 8;

    private const string Spec = "RFC 8335 §3";

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, Spec), new("code", 8, 8, Spec), new("checksum", 16, 16, Spec), new("identifier", 32, 16, Spec), new("sequenceNumber", 48, 8, Spec),
        new("state", 56, 3, Spec), new("reserved", 59, 2, Spec), new("isActive", 61, 1, Spec), new("hasIpv4", 62, 1, Spec), new("hasIpv6", 63, 1, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private ExtendedEchoReply(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>0 for an answer; else why there is none.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands; the message's view checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Which conversation.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Which question of it.</summary>
    public byte SequenceNumber => _bytes[6];

    /// <summary>Of a neighbor's interface, the state in the neighbor table: 1 incomplete, 2 reachable, 3 stale, 4 delay, 5 probe, 6 failed.</summary>
    public byte State => (byte)(_bytes[7] >> 5);

    /// <summary>Two bits that are sent as zero.</summary>
    public byte Reserved => (byte)((_bytes[7] >> 3) & 3);

    /// <summary>The interface is active.</summary>
    public bool IsActive => (_bytes[7] & 4) != 0;

    /// <summary>IPv4 runs on the interface.</summary>
    public bool HasIpv4 => (_bytes[7] & 2) != 0;

    /// <summary>IPv6 runs on the interface.</summary>
    public bool HasIpv6 => (_bytes[7] & 1) != 0;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ExtendedEchoReply view, out WireError error)
    {
        var ok = IcmpMessage.Check(bytes, FixedLength, IcmpType.ExtendedEchoReply, (IcmpType)Icmpv6Type.ExtendedEchoReply, out error);
        view = ok ? new ExtendedEchoReply(bytes) : default;
        return ok;
    }
}
