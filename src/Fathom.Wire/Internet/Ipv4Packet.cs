using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Fathom.Wire.Internet;

/// <summary>An IPv4 packet (RFC 791), cut to its total length. The header checksum is observed, not required.</summary>
public readonly ref struct Ipv4Packet : IWireView<Ipv4Packet>
{
    /// <summary>Octets of a header without options.</summary>
    public const int MinHeaderLength = 20;

    /// <summary>Octets of the longest header: the length field counts up to fifteen words.</summary>
    public const int MaxHeaderLength = 60;

    private const string Name = "IPv4";

    // Version 4, and a header without options.
    private const byte UsualFirstOctet = 0x45;

    private static readonly FieldSpec[] Rows =
    [
        new("version", 0, 4, "RFC 791 §3.1"),
        new("headerLength", 4, 4, "RFC 791 §3.1"),
        new("dscp", 8, 6, "RFC 2474 §3"),
        new("ecn", 14, 2, "RFC 3168 §5"),
        new("totalLength", 16, 16, "RFC 791 §3.1"),
        new("identification", 32, 16, "RFC 6864 §4"),
        new("reservedFlag", 48, 1, "RFC 791 §3.1"),
        new("dontFragment", 49, 1, "RFC 791 §3.1"),
        new("moreFragments", 50, 1, "RFC 791 §3.1"),
        new("fragmentOffset", 51, 13, "RFC 791 §3.1"),
        new("timeToLive", 64, 8, "RFC 791 §3.1"),
        new("protocol", 72, 8, "RFC 791 §3.1"),
        new("headerChecksum", 80, 16, "RFC 791 §3.1"),
        new("source", 96, 32, "RFC 791 §3.1"),
        new("destination", 128, 32, "RFC 791 §3.1"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv4Packet(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The header's length in octets, 20 to 60 (the field counts words of four).</summary>
    public int HeaderLength => (_bytes[0] & 0x0F) * 4;

    /// <summary>Differentiated services code point, 0 to 63 (RFC 2474).</summary>
    public byte Dscp => (byte)(_bytes[1] >> 2);

    /// <summary>Explicit congestion notification (RFC 3168).</summary>
    public Ecn Ecn => (Ecn)(_bytes[1] & 3);

    /// <summary>The length that the header states, in octets, header included.</summary>
    public ushort TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Ties fragments together; without meaning in a packet that is not one (RFC 6864 §4.1).</summary>
    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>The first flag, which must be zero.</summary>
    public bool ReservedFlag => (_bytes[6] & 0x80) != 0;

    /// <summary>No router may fragment the packet.</summary>
    public bool DontFragment => (_bytes[6] & 0x40) != 0;

    /// <summary>Fragments of the same packet follow behind this one.</summary>
    public bool MoreFragments => (_bytes[6] & 0x20) != 0;

    /// <summary>Where the payload belongs in the whole packet's, in octets: a multiple of 8, up to 65,528.</summary>
    public int FragmentOffset => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]) & 0x1FFF) * 8;

    /// <summary>True if the packet is a piece of a larger one.</summary>
    public bool IsFragment => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]) & 0x3FFF) != 0;

    /// <summary>Routers that may still forward the packet.</summary>
    public byte TimeToLive => _bytes[8];

    /// <summary>What the payload is.</summary>
    public IpProtocol Protocol => (IpProtocol)_bytes[9];

    /// <summary>The header checksum as it stands.</summary>
    public ushort HeaderChecksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]);

    /// <summary>True if the header is intact by its checksum.</summary>
    public bool ChecksumIsValid => _bytes[0] == UsualFirstOctet ? InternetChecksum.VerifyTwenty(_bytes) : InternetChecksum.Verify(_bytes[..HeaderLength]);

    /// <summary>The sender's address.</summary>
    public IpAddress Source => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(_bytes[12..]));

    /// <summary>The receiver; with a source route not yet walked, the next stop.</summary>
    public IpAddress Destination => IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(_bytes[16..]));

    /// <summary>The options' bytes, padding included: 0 to 40.</summary>
    public ReadOnlySpan<byte> Options => _bytes[MinHeaderLength..HeaderLength];

    /// <summary>What the packet carries, without link padding.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>The whole packet, header and payload.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Walks the options.</summary>
    public Ipv4OptionEnumerator EnumerateOptions() => new(Options);

    /// <summary>The view over octets that were checked before, cut as the check cut them.</summary>
    internal static Ipv4Packet FromChecked(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ipv4Packet view, out WireError error)
    {
        if (TryReadTruncated(bytes, out view, out error) && !error.IsError) return true;
        view = default;
        return false;
    }

    /// <summary>
    /// Reads a packet whose end may be missing, as an ICMP error quotes it or a capture cuts it. True with an
    /// error means: the header is whole, the payload is what is there.
    /// </summary>
    /// <param name="bytes">From the version on.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">What is missing or wrong.</param>
    public static bool TryReadTruncated(ReadOnlySpan<byte> bytes, out Ipv4Packet view, out WireError error)
    {
        error = default;
        if (TryReadWhole(bytes, out view)) return true;
        if (bytes.IsEmpty)
        {
            error = WireError.TooShort(Name, 0, MinHeaderLength, 0, "header");
            return false;
        }

        if (bytes[0] >> 4 != 4)
        {
            error = WireError.BadVersion(Name, 0, "the version field is not 4");
            return false;
        }

        if (bytes.Length < MinHeaderLength)
        {
            error = WireError.TooShort(Name, 0, MinHeaderLength, bytes.Length, "header");
            return false;
        }

        var headerLength = (bytes[0] & 0x0F) * 4;
        if (headerLength < MinHeaderLength)
        {
            error = WireError.BadLength(Name, 0, MinHeaderLength, headerLength, LengthSource.HeaderLength, "header length");
            return false;
        }

        if (headerLength > bytes.Length)
        {
            error = WireError.TooShort(Name, MinHeaderLength, headerLength - MinHeaderLength, bytes.Length - MinHeaderLength, "options");
            return false;
        }

        var totalLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        error = totalLength < headerLength
            ? WireError.BadLength(Name, 2, headerLength, totalLength, LengthSource.TotalLength, "total length")
            : WireError.TooShort(Name, headerLength, totalLength - headerLength, bytes.Length - headerLength, "payload");
        view = new Ipv4Packet(bytes);
        return true;
    }

    /// <summary>Reads a packet that is whole: the ordinary one, about which there is nothing to say. False for any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadWhole(ReadOnlySpan<byte> bytes, out Ipv4Packet view)
    {
        view = default;
        if (bytes.Length < MinHeaderLength || bytes[0] >> 4 != 4) return false;
        var headerLength = (bytes[0] & 0x0F) * 4;
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (headerLength < MinHeaderLength || totalLength < headerLength || totalLength > bytes.Length) return false;
        view = new Ipv4Packet(bytes[..totalLength]);
        return true;
    }

    /// <summary>Measures an option that has a length octet.</summary>
    internal static bool TryMeasureOption(ReadOnlySpan<byte> options, int at, out int length, out WireError error)
    {
        var available = options.Length - at;
        length = available > 1 ? options[at + 1] : 0;
        if (available < 2)
            error = WireError.TooShort(Name, at, 2, available, "option", LengthSource.HeaderLength);
        else if (length < 2)
            error = WireError.BadLength(Name, at + 1, 2, length, LengthSource.OptionLength, "option length");
        else if (length > available)
            error = WireError.TooShort(Name, at, length, available, "option", LengthSource.HeaderLength);
        else
            error = default;
        return !error.IsError;
    }
}
