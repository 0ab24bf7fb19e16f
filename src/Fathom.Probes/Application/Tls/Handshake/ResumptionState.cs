using System.Buffers.Binary;
using System.Security.Cryptography;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>What a later connection needs to go on with a session: a ticket and its key (TLS 1.3, RFC 8446 §4.6.1), or a session id (RFC 5246 §7.4.1.2).</summary>
internal sealed class ResumptionState
{
    private const ushort Aes256Sha384 = 0x1302;

    private ResumptionState(TlsVersion version, ushort suite) => (Version, Suite) = (version, suite);

    public TlsVersion Version { get; }

    public ushort Suite { get; }

    /// <summary>TLS 1.3: the ticket.</summary>
    public byte[] Ticket { get; private init; } = [];

    /// <summary>Before TLS 1.3: the session id.</summary>
    public byte[] SessionId { get; private init; } = [];

    /// <summary>RFC 7627 §5.3: a session that began with the extension must go on with it.</summary>
    public bool ExtendedMasterSecret { get; private init; }

    private byte[] Key { get; init; } = [];

    private uint AgeAdd { get; init; }

    private long ReceivedAt { get; init; }

    /// <summary>Octets of a hash of the suite, and of a binder.</summary>
    public int HashLength => Suite == Aes256Sha384 ? SHA384.HashSizeInBytes : SHA256.HashSizeInBytes;

    private HashAlgorithmName Hash => HashOf(Suite);

    /// <summary>What a handshake left; null where the server gave nothing to go on with.</summary>
    public static ResumptionState? Of(HandshakeRecorder recorder)
    {
        if (recorder.ServerHello is not { } hello) return null;
        if (hello.Version < TlsVersion.Tls13)
        {
            return hello.SessionId.IsEmpty ? null : new ResumptionState(hello.Version, hello.CipherSuite) { SessionId = hello.SessionId.ToArray(), ExtendedMasterSecret = recorder.ExtendedMasterSecret };
        }

        // RFC 8446 §4.6.1: lifetime, age_add, nonce, ticket, extensions.
        const int Fixed = 8;
        var ticket = recorder.FirstTicket.AsSpan();
        if (recorder.ResumptionSecret is not { } secret || ticket.Length < Fixed + 1) return null;
        var nonceLength = ticket[Fixed];
        var rest = ticket[(Fixed + 1)..];
        if (rest.Length < nonceLength + 2) return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[nonceLength..]);
        if (length == 0 || rest.Length < nonceLength + 2 + length) return null;
        var hash = HashOf(hello.CipherSuite);
        return new ResumptionState(hello.Version, hello.CipherSuite)
        {
            Ticket = rest.Slice(nonceLength + 2, length).ToArray(),
            Key = ExpandLabel(hash, secret, "resumption", rest[..nonceLength], secret.Length),
            AgeAdd = BinaryPrimitives.ReadUInt32BigEndian(ticket[4..]),
            ReceivedAt = recorder.TicketAt,
        };
    }

    /// <summary>RFC 8446 §4.2.11.1: the ticket's age in milliseconds, hidden by adding what the server said.</summary>
    public uint ObfuscatedAge(TimeProvider time) => unchecked((uint)time.GetElapsedTime(ReceivedAt).TotalMilliseconds + AgeAdd);

    /// <summary>RFC 8446 §4.2.11.2: proves that the sender has the ticket's key, over its ClientHello up to the binders.</summary>
    public byte[] Binder(ReadOnlySpan<byte> hello)
    {
        var early = HKDF.Extract(Hash, Key, new byte[HashLength]);
        var binderKey = ExpandLabel(Hash, early, "res binder", HashData(Hash, []), HashLength);
        var finished = ExpandLabel(Hash, binderKey, "finished", [], HashLength);
        var digest = HashData(Hash, hello);
        return Hash == HashAlgorithmName.SHA384 ? HMACSHA384.HashData(finished, digest) : HMACSHA256.HashData(finished, digest);
    }

    /// <summary>The hash of a TLS 1.3 suite.</summary>
    public static HashAlgorithmName HashOf(ushort suite) => suite == Aes256Sha384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>Hashes octets.</summary>
    public static byte[] HashData(HashAlgorithmName hash, ReadOnlySpan<byte> data) => hash == HashAlgorithmName.SHA384 ? SHA384.HashData(data) : SHA256.HashData(data);

    // RFC 8446 §7.1: HKDF-Expand-Label.
    private static byte[] ExpandLabel(HashAlgorithmName hash, byte[] secret, string label, ReadOnlySpan<byte> context, int length)
    {
        var name = System.Text.Encoding.ASCII.GetBytes("tls13 " + label);
        byte[] info = [(byte)(length >> 8), (byte)length, (byte)name.Length, .. name, (byte)context.Length, .. context];
        return HKDF.Expand(hash, secret, length, info);
    }
}
