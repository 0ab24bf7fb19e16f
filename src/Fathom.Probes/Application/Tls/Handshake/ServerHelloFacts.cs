using System.Buffers.Binary;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>What a ServerHello decided (RFC 8446 §4.1.3, RFC 5246 §7.4.1.3).</summary>
/// <param name="Version">The version: from supported_versions where it is there, else the legacy field.</param>
/// <param name="CipherSuite">The suite's number.</param>
/// <param name="IsHelloRetryRequest">True when the random says so (RFC 8446 §4.1.3).</param>
/// <param name="Group">The group of the key share, or null.</param>
internal readonly record struct ServerHelloFacts(TlsVersion Version, ushort CipherSuite, bool IsHelloRetryRequest, ushort? Group)
{
    private const ushort PreSharedKey = 41;
    private const ushort KeyShare = 51;
    private const ushort SupportedVersions = 43;

    /// <summary>The server goes on with the session whose ticket was given (RFC 8446 §4.2.11).</summary>
    public bool TakesPreSharedKey { get; private init; }

    /// <summary>The session id; in TLS 1.3 an echo of the client's.</summary>
    public ReadOnlyMemory<byte> SessionId { get; private init; }

    /// <summary>SHA-256 of "HelloRetryRequest", the random of a HelloRetryRequest.</summary>
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    /// <summary>Reads the body of a ServerHello, without the handshake header.</summary>
    /// <param name="body">The body.</param>
    /// <param name="facts">What it says.</param>
    /// <returns>False when it is cut short or its lengths disagree.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ServerHelloFacts facts)
    {
        facts = default;
        const int fixedPart = 2 + 32 + 1;
        if (body.Length < fixedPart) return false;
        var version = BinaryPrimitives.ReadUInt16BigEndian(body);
        var isRetry = body.Slice(2, 32).SequenceEqual(RetryRandom);
        var sessionIdLength = body[34];
        var rest = body[fixedPart..];
        var takesPreSharedKey = false;
        if (sessionIdLength > 32 || rest.Length < sessionIdLength + 3) return false;
        var sessionId = rest[..sessionIdLength].ToArray();
        rest = rest[sessionIdLength..];
        var suite = BinaryPrimitives.ReadUInt16BigEndian(rest);
        rest = rest[3..]; // the suite and the compression method
        ushort? group = null;
        if (!rest.IsEmpty)
        {
            if (rest.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(rest) != rest.Length - 2) return false;
            rest = rest[2..];
            while (!rest.IsEmpty)
            {
                if (rest.Length < 4) return false;
                var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
                var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
                if (rest.Length - 4 < length) return false;
                var data = rest.Slice(4, length);
                rest = rest[(4 + length)..];
                if (type == SupportedVersions && length == 2) version = BinaryPrimitives.ReadUInt16BigEndian(data);
                takesPreSharedKey |= type == PreSharedKey;
                if (type == KeyShare && length >= 2) group = BinaryPrimitives.ReadUInt16BigEndian(data);
            }
        }

        facts = new ServerHelloFacts((TlsVersion)version, suite, isRetry, group) { TakesPreSharedKey = takesPreSharedKey, SessionId = sessionId };
        return true;
    }
}
