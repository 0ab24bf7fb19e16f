using System.Buffers.Binary;
using System.Text;
using Fathom.Hosts;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>
/// Writes a ClientHello that offers one version only (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2). It serves to be
/// answered, not to complete a handshake: its key share is random octets, which is a valid X25519 key.
/// </summary>
internal static class ClientHelloWriter
{
    private const ushort ServerName = 0;
    private const ushort SupportedGroups = 10;
    private const ushort EcPointFormats = 11;
    private const ushort SignatureAlgorithms = 13;
    private const ushort ExtendedMasterSecret = 23;
    private const ushort PreSharedKey = 41;
    private const ushort SupportedVersions = 43;
    private const ushort PskKeyExchangeModes = 45;
    private const ushort KeyShare = 51;

    /// <summary>
    /// The ranges of IANA's registry with suites for TLS 1.2 and before, also those that nobody should use: what the server takes of
    /// them tells whether only the suites kept it from a handshake. The signaling values (0x00FF, 0x5600) are not among them.
    /// </summary>
    private static readonly (ushort First, ushort Last)[] RegisteredSuites =
        [(0xC001, 0xC0B4), (0xCCA8, 0xCCAE), (0x0001, 0x001B), (0x001E, 0x0046), (0x0067, 0x006D), (0x0084, 0x00C5)];

    /// <summary>TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 §3.3).</summary>
    private const ushort RenegotiationScsv = 0x00FF;

    /// <summary>Writes the record.</summary>
    /// <param name="random">For the client random and the key share.</param>
    /// <param name="version">The version, SSL 3.0 to TLS 1.3.</param>
    /// <param name="serverName">The name to send, or null.</param>
    /// <param name="suites">The suites to offer, or null for all that the version has.</param>
    public static byte[] Write(HostRandom random, TlsVersion version, string? serverName, IReadOnlyList<int>? suites = null)
    {
        var body = new List<byte>(512);
        // RFC 8446 §4.1.2: TLS 1.3 says 0x0303 here and itself in supported_versions.
        Add16(body, (ushort)Min(version, TlsVersion.Tls12));
        AddRandom(body, random, 32);
        body.Add(0); // session id
        AddVector16(body, Suites(version, suites));
        body.AddRange([1, 0]); // compression: null
        // SSL 3.0 knows no extensions, and some of its servers do not ignore them.
        if (version > TlsVersion.Ssl3) AddVector16(body, Extensions(random, version, serverName));

        var record = new List<byte>(body.Count + 9) { 22 };
        Add16(record, (ushort)Min(version, TlsVersion.Tls10));
        Add16(record, (ushort)(body.Count + HandshakeTypes.HeaderLength));
        record.AddRange([HandshakeTypes.ClientHello, 0]);
        Add16(record, (ushort)body.Count);
        record.AddRange(body);
        return [.. record];
    }

    /// <summary>Writes a record that asks to go on with an earlier session.</summary>
    /// <param name="random">For the client random and the key share.</param>
    /// <param name="time">The host's clock, for the ticket's age.</param>
    /// <param name="state">The session.</param>
    /// <param name="serverName">The name to send, or null.</param>
    public static byte[] WriteResuming(HostRandom random, TimeProvider time, ResumptionState state, string? serverName)
    {
        var body = new List<byte>(512);
        Add16(body, (ushort)Min(state.Version, TlsVersion.Tls12));
        AddRandom(body, random, 32);
        body.Add((byte)state.SessionId.Length);
        body.AddRange(state.SessionId);
        AddVector16(body, Suites(state.Version, [state.Suite]));
        body.AddRange([1, 0]); // compression: null
        var extensions = Extensions(random, state.Version, serverName);
        if (state.ExtendedMasterSecret) AddExtension(extensions, ExtendedMasterSecret, []);
        if (state.Ticket.Length > 0)
        {
            AddExtension(extensions, PskKeyExchangeModes, [1, 1]); // psk_dhe_ke (RFC 8446 §4.2.9)
            AddPreSharedKey(extensions, state, time);
        }

        AddVector16(body, extensions);
        byte[] message = [HandshakeTypes.ClientHello, 0, (byte)(body.Count >> 8), (byte)body.Count, .. body];

        // §4.2.11.2: the binder is over everything before the list of binders, lengths included; it is the last thing in the message.
        if (state.Ticket.Length > 0) state.Binder(message.AsSpan(..^(state.HashLength + 3))).CopyTo(message.AsSpan(^state.HashLength..));
        var record = new List<byte>(message.Length + 5) { 22 };
        Add16(record, (ushort)Min(state.Version, TlsVersion.Tls10));
        AddVector16(record, message);
        return [.. record];
    }

    // RFC 8446 §4.2.11: identities and binders, one of each; it must be the last extension.
    private static void AddPreSharedKey(List<byte> extensions, ResumptionState state, TimeProvider time)
    {
        var identity = Vector16(state.Ticket);
        var age = state.ObfuscatedAge(time);
        identity.AddRange([(byte)(age >> 24), (byte)(age >> 16), (byte)(age >> 8), (byte)age]);
        var data = Vector16(identity);
        AddVector16(data, [(byte)state.HashLength, .. new byte[state.HashLength]]);
        AddExtension(extensions, PreSharedKey, data);
    }

    private static List<byte> Suites(TlsVersion version, IReadOnlyList<int>? chosen)
    {
        var suites = new List<byte>();
        if (chosen is not null)
        {
            foreach (var suite in chosen) Add16(suites, (ushort)suite);
        }
        else if (version >= TlsVersion.Tls13)
        {
            foreach (var suite in CipherSuites.Offered(version, version)) Add16(suites, (ushort)suite);
        }
        else
        {
            foreach (var (first, last) in RegisteredSuites)
            {
                for (var suite = first; suite <= last; suite++) Add16(suites, suite);
            }
        }

        Add16(suites, RenegotiationScsv);
        return suites;
    }

    private static List<byte> Extensions(HostRandom random, TlsVersion version, string? serverName)
    {
        var extensions = new List<byte>();
        if (serverName is not null)
        {
            var entry = new List<byte> { 0 }; // host_name
            AddVector16(entry, Encoding.ASCII.GetBytes(serverName));
            AddExtension(extensions, ServerName, Vector16(entry));
        }

        ushort[] groups = [NamedGroups.X25519, NamedGroups.Secp256R1, NamedGroups.Secp384R1, NamedGroups.Secp521R1];
        AddExtension(extensions, SupportedGroups, Vector16(Numbers(groups)));
        if (version < TlsVersion.Tls13) AddExtension(extensions, EcPointFormats, [1, 0]);
        if (version >= TlsVersion.Tls12) AddExtension(extensions, SignatureAlgorithms, Vector16(Numbers(SignatureSchemes.Offered)));
        if (version < TlsVersion.Tls13) return extensions;

        AddExtension(extensions, SupportedVersions, [2, 3, 4]);
        var share = new List<byte>();
        Add16(share, NamedGroups.X25519);
        var key = new List<byte>();
        AddRandom(key, random, 32);
        AddVector16(share, key);
        AddExtension(extensions, KeyShare, Vector16(share));
        return extensions;
    }

    private static List<byte> Numbers(ReadOnlySpan<ushort> numbers)
    {
        var octets = new List<byte>();
        foreach (var number in numbers) Add16(octets, number);
        return octets;
    }

    private static void AddExtension(List<byte> to, ushort type, IReadOnlyCollection<byte> data)
    {
        Add16(to, type);
        AddVector16(to, data);
    }

    private static List<byte> Vector16(IReadOnlyCollection<byte> data)
    {
        var vector = new List<byte>();
        AddVector16(vector, data);
        return vector;
    }

    private static void AddVector16(List<byte> to, IReadOnlyCollection<byte> data)
    {
        Add16(to, (ushort)data.Count);
        to.AddRange(data);
    }

    private static void AddRandom(List<byte> to, HostRandom random, int count)
    {
        Span<byte> octets = stackalloc byte[count];
        random.Fill(octets);
        to.AddRange(octets);
    }

    private static void Add16(List<byte> to, ushort number)
    {
        Span<byte> octets = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, number);
        to.AddRange(octets);
    }

    private static TlsVersion Min(TlsVersion left, TlsVersion right) => left < right ? left : right;
}
