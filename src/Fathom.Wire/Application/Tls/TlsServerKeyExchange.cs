using System.Buffers.Binary;
using System.Numerics;

namespace Fathom.Wire.Application.Tls;

/// <summary>
/// The body of a ServerKeyExchange (until TLS 1.2): the server's share of an ECDHE or DHE exchange, and its signature
/// (RFC 8422 §5.4, RFC 5246 §7.4.3). Which of both it is, and whether a signature scheme is named, the message does not say by itself.
/// </summary>
public readonly ref struct TlsServerKeyExchange
{
    private const byte NamedCurve = 3; // RFC 8422 §5.4

    private TlsServerKeyExchange(ushort? group, ReadOnlySpan<byte> prime, ReadOnlySpan<byte> generator, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signed)
    {
        Group = group;
        Prime = prime;
        Generator = generator;
        PublicKey = publicKey;
        Signed = signed;
    }

    /// <summary>The named curve of ECDHE, or null for DHE.</summary>
    public ushort? Group { get; }

    /// <summary>The prime of DHE, most significant octet first; empty for ECDHE.</summary>
    public ReadOnlySpan<byte> Prime { get; }

    /// <summary>The generator of DHE; empty for ECDHE.</summary>
    public ReadOnlySpan<byte> Generator { get; }

    /// <summary>The server's public value.</summary>
    public ReadOnlySpan<byte> PublicKey { get; }

    /// <summary>Bits of <see cref="Prime"/>; 0 for ECDHE.</summary>
    public int PrimeBits
    {
        get
        {
            var digits = Prime.TrimStart((byte)0);
            return digits.IsEmpty ? 0 : (8 * digits.Length) - BitOperations.LeadingZeroCount((uint)digits[0]) + 24;
        }
    }

    /// <summary>What follows the share: the signature, with its scheme from TLS 1.2 on; empty for an anonymous exchange.</summary>
    public ReadOnlySpan<byte> Signed { get; }

    /// <summary>The signature's scheme, as TLS 1.2 names it; null where there are no octets for one. Before TLS 1.2 there is none.</summary>
    public ushort? SignatureScheme => Signed.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Signed) : null;

    /// <summary>Reads the body of an exchange whose kind the chosen suite tells.</summary>
    /// <param name="body">The body, without the handshake header.</param>
    /// <param name="isElliptic">The suite is one of ECDHE; else of DHE.</param>
    /// <param name="view">The view, or the default.</param>
    /// <returns>False if the octets do not fit.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, bool isElliptic, out TlsServerKeyExchange view)
    {
        view = default;
        if (isElliptic)
        {
            if (body.Length < 4 || body[0] != NamedCurve || body.Length < 4 + body[3]) return false;
            view = new TlsServerKeyExchange(BinaryPrimitives.ReadUInt16BigEndian(body[1..]), default, default, body.Slice(4, body[3]), body[(4 + body[3])..]);
            return true;
        }

        if (!TlsVectors.TryTake(ref body, 2, out var prime) || !TlsVectors.TryTake(ref body, 2, out var generator) || !TlsVectors.TryTake(ref body, 2, out var publicKey)) return false;
        view = new TlsServerKeyExchange(null, prime, generator, publicKey, body);
        return true;
    }

    /// <summary>
    /// Reads the body without knowing the suite, as somebody does who sees one packet: an ECDHE share on a curve by name, or a DHE share, if
    /// the signature behind it fills the message exactly. Anything else is refused rather than guessed.
    /// </summary>
    /// <param name="body">The body, without the handshake header.</param>
    /// <param name="view">The view, or the default.</param>
    public static bool TryReadAlone(ReadOnlySpan<byte> body, out TlsServerKeyExchange view)
        => (TryRead(body, isElliptic: true, out view) && view.SignatureFits) || (TryRead(body, isElliptic: false, out view) && view.Prime.Length >= MinimumPrime && view.SignatureFits);

    // 512 bits: the smallest group of the export suites. Shorter ones are another format, seen through the wrong glasses.
    private const int MinimumPrime = 64;

    /// <summary>True if a scheme and a signature (TLS 1.2), a signature alone (before), or nothing (anonymous) fill the rest.</summary>
    internal bool SignatureFits => Signed.IsEmpty || HasScheme || (Signed.Length >= 2 && TlsVectors.ReadLength(Signed, 2) == Signed.Length - 2);

    /// <summary>True if a scheme and a signature fill the rest: the form of TLS 1.2.</summary>
    public bool HasScheme => Signed.Length >= 4 && TlsVectors.ReadLength(Signed[2..], 2) == Signed.Length - 4;
}
