using System.Buffers.Binary;

namespace Fathom.Wire.Application.Quic;

/// <summary>
/// A QUIC packet with a long header (RFC 8999 §5.1, RFC 9000 §17.2, RFC 9369 §3.2), cut to its own length, so that the next packet of the
/// datagram is behind <see cref="Bytes"/> (RFC 9000 §12.2). Of versions that are not known only the invariant part is read.
/// </summary>
public readonly ref struct QuicLongHeader : IWireView<QuicLongHeader>
{
    /// <summary>RFC 9000 §17.2: longer connection ids are an error in versions 1 and 2; other versions may have up to 255 octets.</summary>
    public const int MaximumConnectionId = 20;

    internal const string Protocol = "QUIC";

    private const int FixedLength = 6;
    private const int IntegrityTagLength = 16;

    private static readonly FieldSpec[] Rows =
    [
        new("headerForm", 0, 1, "RFC 8999 §5.1"),
        new("fixedBit", 1, 1, "RFC 9000 §17.2"),
        new("packetType", 2, 2, "RFC 9000 §17.2"),
        new("typeSpecific", 4, 4, "RFC 9000 §17.2"),
        new("version", 8, 32, "RFC 8999 §5.1"),
        new("destinationConnectionIdLength", 40, 8, "RFC 8999 §5.1"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _tokenOffset;
    private readonly int _tokenLength;
    private readonly int _payloadOffset;

    private QuicLongHeader(ReadOnlySpan<byte> bytes, int tokenOffset, int tokenLength, int payloadOffset)
    {
        _bytes = bytes;
        _tokenOffset = tokenOffset;
        _tokenLength = tokenLength;
        _payloadOffset = payloadOffset;
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>1 in every packet of version 1 and 2; a negotiation packet may have anything.</summary>
    public bool FixedBit => (_bytes[0] & 0x40) != 0;

    /// <summary>The two type bits, as they stand.</summary>
    public byte TypeBits => (byte)((_bytes[0] >> 4) & 3);

    /// <summary>The lower four bits: reserved bits and the packet number's length, hidden by header protection; unused in a Retry.</summary>
    public byte TypeSpecific => (byte)(_bytes[0] & 0xF);

    /// <summary>The version, see <see cref="QuicVersion"/>.</summary>
    public uint Version => BinaryPrimitives.ReadUInt32BigEndian(_bytes[1..]);

    /// <summary>What the packet is.</summary>
    public QuicPacketType Type => TypeOf(Version, TypeBits);

    /// <summary>Octets of the destination connection id, as the header states them.</summary>
    public byte DestinationConnectionIdLength => _bytes[5];

    /// <summary>The id by which the receiver knows the connection.</summary>
    public ReadOnlySpan<byte> DestinationConnectionId => _bytes.Slice(FixedLength, DestinationConnectionIdLength);

    /// <summary>The id by which the sender wants to be addressed.</summary>
    public ReadOnlySpan<byte> SourceConnectionId => _bytes.Slice(SourceIdOffset + 1, _bytes[SourceIdOffset]);

    /// <summary>An Initial's or Retry's token; empty otherwise.</summary>
    public ReadOnlySpan<byte> Token => _bytes.Slice(_tokenOffset, _tokenLength);

    /// <summary>What follows the header: the protected packet number and payload; of a Retry the integrity tag; of a negotiation the versions.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[_payloadOffset..];

    /// <summary>Octets before <see cref="Payload"/>.</summary>
    public int HeaderLength => _payloadOffset;

    /// <summary>The whole packet.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    private int SourceIdOffset => FixedLength + DestinationConnectionIdLength;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out QuicLongHeader view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length > 0 && (bytes[0] & 0x80) == 0) error = WireError.BadValue(Protocol, 0, "short header");
        else if (bytes.Length < FixedLength) error = WireError.TooShort(Protocol, 0, FixedLength, bytes.Length, "long header");
        if (error.IsError) return false;
        var version = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        var at = FixedLength;
        if (!TrySkipId(bytes, 5, version, ref at, ref error)) return false;
        if (bytes.Length < at + 1)
        {
            error = WireError.TooShort(Protocol, at, 1, 0, "source connection id");
            return false;
        }

        var idAt = at++;
        if (!TrySkipId(bytes, idAt, version, ref at, ref error)) return false;
        return TypeOf(version, (byte)((bytes[0] >> 4) & 3)) switch
        {
            QuicPacketType.Initial => TryReadProtected(bytes, at, hasToken: true, out view, ref error),
            QuicPacketType.ZeroRtt or QuicPacketType.Handshake => TryReadProtected(bytes, at, hasToken: false, out view, ref error),
            QuicPacketType.Retry => TryReadRetry(bytes, at, out view, ref error),
            _ => TryReadRest(bytes, at, version, out view, ref error),
        };
    }

    private static QuicPacketType TypeOf(uint version, byte bits)
    {
        if (version == QuicVersion.Negotiation) return QuicPacketType.VersionNegotiation;
        if (!QuicVersion.IsKnown(version)) return QuicPacketType.Unknown;

        // RFC 9369 §3.2: version 2 gives the types other numbers, so that nobody on the way relies on them.
        return (version == QuicVersion.V2 ? (bits + 3) & 3 : bits) switch
        {
            0 => QuicPacketType.Initial,
            1 => QuicPacketType.ZeroRtt,
            2 => QuicPacketType.Handshake,
            _ => QuicPacketType.Retry,
        };
    }

    private static bool TrySkipId(ReadOnlySpan<byte> bytes, int lengthAt, uint version, scoped ref int at, scoped ref WireError error)
    {
        int length = bytes[lengthAt];
        if (length > MaximumConnectionId && QuicVersion.IsKnown(version))
            error = WireError.BadLength(Protocol, lengthAt, MaximumConnectionId, length, LengthSource.ElementLength, "connection id (RFC 9000 §17.2)");
        else if (bytes.Length < at + length)
            error = WireError.TooShort(Protocol, at, length, bytes.Length - at, "connection id", LengthSource.ElementLength);
        at += length;
        return !error.IsError;
    }

    private static bool TryReadProtected(ReadOnlySpan<byte> bytes, int at, bool hasToken, out QuicLongHeader view, scoped ref WireError error)
    {
        view = default;
        int tokenAt = 0, tokenLength = 0;
        if (hasToken)
        {
            if (!TryReadLength(bytes, ref at, "token", out tokenLength, ref error)) return false;
            tokenAt = at;
            at += tokenLength;
        }

        if (!TryReadLength(bytes, ref at, "packet", out var length, ref error)) return false;
        view = new QuicLongHeader(bytes[..(at + length)], tokenAt, tokenLength, at);
        return true;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, scoped ref int at, string what, out int length, scoped ref WireError error)
    {
        length = 0;
        if (!QuicVarint.TryRead(bytes[at..], out var value, out var octets))
        {
            error = WireError.TooShort(Protocol, at, octets, bytes.Length - at, what);
            return false;
        }

        at += octets;
        if (value > (ulong)(bytes.Length - at))
        {
            error = WireError.TooShort(Protocol, at, (int)Math.Min(value, int.MaxValue), bytes.Length - at, what, LengthSource.ElementLength);
            return false;
        }

        length = (int)value;
        return true;
    }

    private static bool TryReadRetry(ReadOnlySpan<byte> bytes, int at, out QuicLongHeader view, scoped ref WireError error)
    {
        view = default;
        var tokenLength = bytes.Length - at - IntegrityTagLength;
        if (tokenLength < 0)
        {
            error = WireError.TooShort(Protocol, at, IntegrityTagLength, bytes.Length - at, "integrity tag");
            return false;
        }

        view = new QuicLongHeader(bytes, at, tokenLength, at + tokenLength);
        return true;
    }

    private static bool TryReadRest(ReadOnlySpan<byte> bytes, int at, uint version, out QuicLongHeader view, scoped ref WireError error)
    {
        view = default;
        if (version == QuicVersion.Negotiation && (bytes.Length - at) % 4 != 0)
        {
            error = WireError.BadLength(Protocol, at, 4, bytes.Length - at, LengthSource.Buffer, "list of versions");
            return false;
        }

        view = new QuicLongHeader(bytes, 0, 0, at);
        return true;
    }
}
