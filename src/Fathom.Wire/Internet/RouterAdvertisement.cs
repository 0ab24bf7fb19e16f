using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>A router advertisement (RFC 4861 §4.2), read from the ICMPv6 type on. Every option has a length that fits.</summary>
public readonly ref struct RouterAdvertisement : IWireView<RouterAdvertisement>
{
    /// <summary>Octets before the options.</summary>
    public const int FixedLength = 16;

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 4861 §4.2"),
        new("code", 8, 8, "RFC 4861 §4.2"),
        new("checksum", 16, 16, "RFC 4861 §4.2"),
        new("currentHopLimit", 32, 8, "RFC 4861 §4.2"),
        new("managed", 40, 1, "RFC 4861 §4.2"),
        new("otherConfiguration", 41, 1, "RFC 4861 §4.2"),
        new("homeAgent", 42, 1, "RFC 6275 §7.1"),
        new("preference", 43, 2, "RFC 4191 §2.2"),
        new("proxy", 45, 1, "RFC 4389 §4.1.3.3"),
        new("reserved", 46, 2, "RFC 4861 §4.2"),
        new("routerLifetime", 48, 16, "RFC 4861 §4.2"),
        new("reachableTime", 64, 32, "RFC 4861 §4.2"),
        new("retransmitTimer", 96, 32, "RFC 4861 §4.2"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private RouterAdvertisement(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The checksum as it stands; <see cref="Icmpv6Message.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The hop limit that hosts shall use; 0 for no advice.</summary>
    public byte CurrentHopLimit => _bytes[4];

    /// <summary>Addresses are to be had by DHCPv6.</summary>
    public bool Managed => (_bytes[5] & 0x80) != 0;

    /// <summary>Other configuration is to be had by DHCPv6.</summary>
    public bool OtherConfiguration => (_bytes[5] & 0x40) != 0;

    /// <summary>The router is a Mobile IPv6 home agent (RFC 6275 §7.1).</summary>
    public bool HomeAgent => (_bytes[5] & 0x20) != 0;

    /// <summary>Router preference, two bits: 0 medium, 1 high, 3 low, 2 reserved (RFC 4191 §2.2).</summary>
    public byte Preference => (byte)((_bytes[5] >> 3) & 3);

    /// <summary>The advertisement was proxied (RFC 4389).</summary>
    public bool Proxy => (_bytes[5] & 0x04) != 0;

    /// <summary>Two bits that are sent as zero.</summary>
    public byte Reserved => (byte)(_bytes[5] & 3);

    /// <summary>Seconds for which the router is a default router; 0: it is none.</summary>
    public ushort RouterLifetime => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Milliseconds for which a neighbor counts as reachable; 0 for no advice.</summary>
    public uint ReachableTime => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>Milliseconds between solicitations; 0 for no advice.</summary>
    public uint RetransmitTimer => BinaryPrimitives.ReadUInt32BigEndian(_bytes[12..]);

    /// <summary>The options' bytes.</summary>
    public ReadOnlySpan<byte> Options => _bytes[FixedLength..];

    /// <summary>Walks the options.</summary>
    public NdOptionEnumerator EnumerateOptions() => new(Options);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RouterAdvertisement view, out WireError error)
    {
        var ok = NdMessage.Check(bytes, Icmpv6Type.RouterAdvertisement, FixedLength, out error);
        view = ok ? new RouterAdvertisement(bytes) : default;
        return ok;
    }
}
