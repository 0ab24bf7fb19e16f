using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An ICMP router advertisement (RFC 1256 §3), read from the type on, with all addresses that it counts.</summary>
public readonly ref struct IcmpRouterAdvertisement : IWireView<IcmpRouterAdvertisement>
{
    /// <summary>Octets before the entries.</summary>
    public const int FixedLength = 8;

    /// <summary>Words of four octets in an entry: address and preference. More are for later extensions.</summary>
    public const int MinEntryWords = 2;

    private const string Spec = "RFC 1256 §3";

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, Spec), new("code", 8, 8, Spec), new("checksum", 16, 16, Spec), new("addressCount", 32, 8, Spec), new("entrySize", 40, 8, Spec),
        new("lifetime", 48, 16, Spec),
    ];

    private static readonly ElementLayout EntryRows =
        new("router", Spec, [new("address", 0, 32, Spec), new("preference", 32, 32, Spec)], rest: "extension", framing: 0);

    private readonly ReadOnlySpan<byte> _bytes;

    private IcmpRouterAdvertisement(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Where the fields of one entry stand.</summary>
    public static ElementLayout EntryLayout => EntryRows;

    /// <summary>0; 16 from a mobile IP agent that is no common router (RFC 5944 §2.1).</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands; <see cref="IcmpMessage.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Routers in the message.</summary>
    public byte AddressCount => _bytes[4];

    /// <summary>Words of four octets in an entry.</summary>
    public byte EntrySize => _bytes[5];

    /// <summary>Seconds for which the addresses are good.</summary>
    public ushort Lifetime => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>One router's address.</summary>
    /// <param name="index">From 0 to <see cref="AddressCount"/>, less one.</param>
    public IpAddress GetAddress(int index) => IpAddress.FromBytes(Entry(index)[..4]);

    /// <summary>How much one router is preferred as the default: the larger the better; the smallest number means never.</summary>
    /// <param name="index">From 0 to <see cref="AddressCount"/>, less one.</param>
    public int GetPreference(int index) => BinaryPrimitives.ReadInt32BigEndian(Entry(index)[4..]);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IcmpRouterAdvertisement view, out WireError error)
    {
        view = default;
        if (!IcmpMessage.Check(bytes, FixedLength, IcmpType.RouterAdvertisement, IcmpType.RouterAdvertisement, out error)) return false;
        var entries = bytes[4] * bytes[5] * 4;
        if (bytes[5] < MinEntryWords)
            error = WireError.BadLength("ICMP", 5, MinEntryWords, bytes[5], LengthSource.ElementLength, "entry size");
        else if (bytes.Length - FixedLength < entries)
            error = WireError.TooShort("ICMP", FixedLength, entries, bytes.Length - FixedLength, "router addresses");
        if (error.IsError) return false;
        view = new IcmpRouterAdvertisement(bytes);
        return true;
    }

    private ReadOnlySpan<byte> Entry(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, (int)AddressCount);
        return _bytes.Slice(FixedLength + (index * EntrySize * 4), EntrySize * 4);
    }
}
