using System.Buffers.Binary;

namespace Fathom.Wire.Application.Tls;

/// <summary>
/// The ClientHello in the form of SSL 2.0 (RFC 6101 appendix E.2), with which old clients greeted servers of any version. RFC 6176 forbids it;
/// only its head is read, to name it.
/// </summary>
public readonly ref struct Ssl2ClientHello : IWireView<Ssl2ClientHello>
{
    /// <summary>Octets before the lists.</summary>
    public const int FixedLength = 11;

    private static readonly FieldSpec[] Rows =
    [
        new("isTwoOctetHeader", 0, 1, "RFC 6101 E.2"),
        new("length", 1, 15, "RFC 6101 E.2"),
        new("messageType", 16, 8, "RFC 6101 E.2"),
        new("version", 24, 16, "RFC 6101 E.2"),
        new("cipherSpecLength", 40, 16, "RFC 6101 E.2"),
        new("sessionIdLength", 56, 16, "RFC 6101 E.2"),
        new("challengeLength", 72, 16, "RFC 6101 E.2"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private Ssl2ClientHello(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Octets behind the first two.</summary>
    public int Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes) & 0x7FFF;

    /// <summary>The version that the client would speak: 0x0002 is SSL 2.0, 0x0300 SSL 3.0, 0x0301 TLS 1.0.</summary>
    public ushort Version => BinaryPrimitives.ReadUInt16BigEndian(_bytes[3..]);

    /// <summary>Octets of the cipher specs, three each.</summary>
    public ushort CipherSpecLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[5..]);

    /// <summary>Octets of the session id: 0 or 16.</summary>
    public ushort SessionIdLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[7..]);

    /// <summary>Octets of the challenge: 16 to 32.</summary>
    public ushort ChallengeLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[9..]);

    /// <summary>The cipher specs: a suite of later versions has a zero in front.</summary>
    public ReadOnlySpan<byte> CipherSpecs => _bytes.Slice(FixedLength, CipherSpecLength);

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ssl2ClientHello view, out WireError error)
    {
        view = default;
        error = Check(bytes);
        if (error.IsError) return false;
        var length = 2 + (BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x7FFF);
        view = new Ssl2ClientHello(bytes[..length]);
        return true;
    }

    private static WireError Check(ReadOnlySpan<byte> bytes)
    {
        const string Name = "SSL 2.0";
        const byte ClientHello = 1;
        if (bytes.Length < FixedLength) return WireError.TooShort(Name, 0, FixedLength, bytes.Length, "ClientHello");
        if ((bytes[0] & 0x80) == 0) return WireError.BadValue(Name, 0, "header of three octets, which a ClientHello has not");
        if (bytes[2] != ClientHello) return WireError.BadValue(Name, 2, "message that is no ClientHello");
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]) is not (0x0002 or (>= 0x0300 and <= 0x0303))) return WireError.BadVersion(Name, 3, "version that no client has");
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x7FFF;
        int specs = BinaryPrimitives.ReadUInt16BigEndian(bytes[5..]), id = BinaryPrimitives.ReadUInt16BigEndian(bytes[7..]), challenge = BinaryPrimitives.ReadUInt16BigEndian(bytes[9..]);
        if (specs == 0 || specs % 3 != 0) return WireError.BadLength(Name, 5, 3, specs, LengthSource.ElementLength, "cipher specs");
        if (id is not (0 or 16)) return WireError.BadLength(Name, 7, 16, id, LengthSource.ElementLength, "session id");
        if (challenge is < 16 or > 32) return WireError.BadLength(Name, 9, 16, challenge, LengthSource.ElementLength, "challenge");
        var needed = FixedLength - 2 + specs + id + challenge;
        if (length != needed) return WireError.BadLength(Name, 0, needed, length, LengthSource.TotalLength, "length");
        return bytes.Length < 2 + length ? WireError.TooShort(Name, FixedLength, length + 2 - FixedLength, bytes.Length - FixedLength, "ClientHello") : default;
    }
}
