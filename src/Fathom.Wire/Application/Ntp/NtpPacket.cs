using System.Buffers.Binary;

namespace Fathom.Wire.Application.Ntp;

/// <summary>An NTP packet of versions 1 to 4 (RFC 5905 §7.3), any mode but control and private, which have other forms.</summary>
public readonly ref struct NtpPacket : IWireView<NtpPacket>
{
    /// <summary>Octets before extension fields and message authentication code.</summary>
    public const int HeaderLength = 48;

    internal const string Protocol = "NTP";

    private static readonly FieldSpec[] Rows =
    [
        new("leapIndicator", 0, 2, "RFC 5905 §7.3"),
        new("version", 2, 3, "RFC 5905 §7.3"),
        new("mode", 5, 3, "RFC 5905 §7.3"),
        new("stratum", 8, 8, "RFC 5905 §7.3"),
        new("poll", 16, 8, "RFC 5905 §7.3"),
        new("precision", 24, 8, "RFC 5905 §7.3"),
        new("rootDelay", 32, 32, "RFC 5905 §7.3"),
        new("rootDispersion", 64, 32, "RFC 5905 §7.3"),
        new("referenceId", 96, 32, "RFC 5905 §7.3"),
        new("referenceTimestamp", 128, 64, "RFC 5905 §7.3"),
        new("originTimestamp", 192, 64, "RFC 5905 §7.3"),
        new("receiveTimestamp", 256, 64, "RFC 5905 §7.3"),
        new("transmitTimestamp", 320, 64, "RFC 5905 §7.3"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private NtpPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Whether a leap second comes.</summary>
    public NtpLeap Leap => (NtpLeap)(_bytes[0] >> 6);

    /// <summary>The version: 4 now, 3 still often.</summary>
    public byte Version => (byte)((_bytes[0] >> 3) & 7);

    /// <summary>Who speaks to whom.</summary>
    public NtpMode Mode => (NtpMode)(_bytes[0] & 7);

    /// <summary>How far the clock is from a reference clock: 1 has one, 2 asks a 1 and so on; 0 in an answer is a kiss of death, 16 not synchronized.</summary>
    public byte Stratum => _bytes[1];

    /// <summary>The longest time between two packets, as a power of two of seconds.</summary>
    public sbyte Poll => (sbyte)_bytes[2];

    /// <summary>The clock's precision, as a power of two of seconds: -20 is about a microsecond.</summary>
    public sbyte Precision => (sbyte)_bytes[3];

    /// <summary>The round trip to the reference clock, in units of 2^-16 s.</summary>
    public uint RootDelay => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The error against the reference clock, in units of 2^-16 s.</summary>
    public uint RootDispersion => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>Four letters for the reference clock or the kiss code; from stratum 2 on the server's IPv4 address, or a part of a hash of its IPv6 address.</summary>
    public uint ReferenceId => BinaryPrimitives.ReadUInt32BigEndian(_bytes[12..]);

    /// <summary>When the clock was last set.</summary>
    public NtpTimestamp ReferenceTimestamp => At(16);

    /// <summary>In an answer: when the client sent its question, by the client's clock.</summary>
    public NtpTimestamp OriginTimestamp => At(24);

    /// <summary>In an answer: when the question arrived, by the server's clock.</summary>
    public NtpTimestamp ReceiveTimestamp => At(32);

    /// <summary>When the packet was sent, by the sender's clock.</summary>
    public NtpTimestamp TransmitTimestamp => At(40);

    /// <summary>True for an answer that says no: the reference id then holds a kiss code (RFC 5905 §7.4).</summary>
    public bool IsKissOfDeath => Stratum == 0 && Mode is NtpMode.Server or NtpMode.Broadcast;

    /// <summary>Extension fields and the message authentication code.</summary>
    public ReadOnlySpan<byte> Extensions => _bytes[HeaderLength..];

    /// <summary>The whole packet.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Walks the extension fields.</summary>
    public NtpExtensionEnumerator EnumerateExtensions() => new(Extensions);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NtpPacket view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length > 0 && ((bytes[0] >> 3) & 7) is 0 or > 4) error = WireError.BadVersion(Protocol, 0, "version is not 1 to 4");
        else if (bytes.Length > 0 && (NtpMode)(bytes[0] & 7) is NtpMode.Control or NtpMode.Private) error = WireError.BadValue(Protocol, 0, "mode with a form of its own");
        else if (bytes.Length < HeaderLength) error = WireError.TooShort(Protocol, 0, HeaderLength, bytes.Length, "header");
        if (error.IsError) return false;
        view = new NtpPacket(bytes);
        return true;
    }

    private NtpTimestamp At(int offset) => new(BinaryPrimitives.ReadUInt64BigEndian(_bytes[offset..]));
}
