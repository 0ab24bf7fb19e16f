using Fathom.Hosts;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>
/// Makes a ClientHello that offers one version only (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). It serves to be
/// answered, not to complete a handshake: its key share is random octets, which is a valid X25519 key.
/// </summary>
internal static class ClientHelloWriter
{
    /// <summary>
    /// The ranges of IANA's registry with suites for TLS 1.2 and before, also those that nobody should use: what the server takes of
    /// them tells whether only the suites kept it from a handshake. The signaling values (0x00FF, 0x5600) are not among them.
    /// </summary>
    private static readonly (ushort First, ushort Last)[] RegisteredSuites =
        [(0xC001, 0xC0B4), (0xCCA8, 0xCCAE), (0x0001, 0x001B), (0x001E, 0x0046), (0x0067, 0x006D), (0x0084, 0x00C5)];

    /// <summary>Writes the record.</summary>
    /// <param name="random">For the client random and the key share.</param>
    /// <param name="version">The version, SSL 3.0 to TLS 1.3.</param>
    /// <param name="serverName">The name to send, or null.</param>
    /// <param name="suites">The suites to offer, or null for all that the version has.</param>
    public static byte[] Write(HostRandom random, TlsVersion version, string? serverName, IReadOnlyList<int>? suites = null)
    {
        return Hello(random, version, serverName, Suites(version, suites)).ToBytes();
    }

    /// <summary>Writes a record that asks to go on with an earlier session.</summary>
    /// <param name="random">For the client random and the key share.</param>
    /// <param name="time">The host's clock, for the ticket's age.</param>
    /// <param name="state">The session.</param>
    /// <param name="serverName">The name to send, or null.</param>
    public static byte[] WriteResuming(HostRandom random, TimeProvider time, ResumptionState state, string? serverName)
    {
        const byte PskWithDiffieHellman = 1; // psk_dhe_ke, RFC 8446 §4.2.9
        var hasTicket = state.Ticket.Length > 0;
        var record = (Hello(random, state.Version, serverName, Suites(state.Version, [state.Suite])) with
        {
            SessionId = state.SessionId,
            HasExtendedMasterSecret = state.ExtendedMasterSecret,
            PskKeyExchangeModes = hasTicket ? [PskWithDiffieHellman] : [],
            PreSharedKey = hasTicket ? new TlsOfferedPreSharedKey(state.Ticket, state.ObfuscatedAge(time), state.HashLength) : null,
        }).ToBytes();

        // RFC 8446 §4.2.11.2: the binder is over everything before the list of binders; it is the last thing in the message.
        if (hasTicket) state.Binder(record.AsSpan(TlsRecord.HeaderLength..^(state.HashLength + TlsOfferedPreSharedKey.BinderLengths))).CopyTo(record.AsSpan(^state.HashLength..));
        return record;
    }

    private static TlsClientHelloHeader Hello(HostRandom random, TlsVersion version, string? serverName, List<ushort> suites)
    {
        var isTls13 = version >= TlsVersion.Tls13;
        return new TlsClientHelloHeader
        {
            RecordVersion = Min(version, TlsVersion.Tls10),
            // RFC 8446 §4.1.2: TLS 1.3 says 0x0303 here and itself in supported_versions.
            LegacyVersion = Min(version, TlsVersion.Tls12),
            Random = Octets(random, 32),
            CipherSuites = suites,
            // SSL 3.0 knows no extensions, and some of its servers do not ignore them.
            HasExtensions = version > TlsVersion.Ssl3,
            ServerName = serverName,
            Groups = [TlsNamedGroups.X25519, TlsNamedGroups.Secp256R1, TlsNamedGroups.Secp384R1, TlsNamedGroups.Secp521R1],
            PointFormats = isTls13 ? [] : [0],
            SignatureSchemes = version >= TlsVersion.Tls12 ? SignatureSchemes.Offered.ToArray() : [],
            SupportedVersions = isTls13 ? [TlsVersion.Tls13] : [],
            KeyShares = isTls13 ? [(TlsNamedGroups.X25519, Octets(random, 32))] : [],
        };
    }

    private static List<ushort> Suites(TlsVersion version, IReadOnlyList<int>? chosen)
    {
        var suites = new List<ushort>();
        if (chosen is not null || version >= TlsVersion.Tls13)
        {
            foreach (var suite in chosen ?? CipherSuites.Offered(version, version)) suites.Add((ushort)suite);
        }
        else
        {
            foreach (var (first, last) in RegisteredSuites)
            {
                for (var suite = first; suite <= last; suite++) suites.Add(suite);
            }
        }

        suites.Add(TlsCipherSuites.RenegotiationScsv);
        return suites;
    }

    private static byte[] Octets(HostRandom random, int count)
    {
        var octets = new byte[count];
        random.Fill(octets);
        return octets;
    }

    private static TlsVersion Min(TlsVersion left, TlsVersion right) => left < right ? left : right;
}
