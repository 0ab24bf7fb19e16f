using System.Buffers.Binary;
using System.Text;

namespace Fathom.Wire.Application.Tls;

/// <summary>A ClientHello to send (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2), in one record. Lists that are empty leave their extension out.</summary>
public sealed record TlsClientHelloHeader : IWireHeader
{
    private const int RandomLength = 32;
    private const int HandshakeAt = TlsRecord.HeaderLength;
    private const int BodyAt = HandshakeAt + TlsHandshakeMessage.HeaderLength;

    /// <summary>legacy_record_version. RFC 8446 §5.1: a first ClientHello may say 0x0301, for servers that stumble over more.</summary>
    public TlsVersion RecordVersion { get; init; } = TlsVersion.Tls10;

    /// <summary>legacy_version: TLS 1.3 says 1.2 here, and itself in <see cref="SupportedVersions"/> (RFC 8446 §4.1.2).</summary>
    public TlsVersion LegacyVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>The client's random: 32 octets.</summary>
    public ReadOnlyMemory<byte> Random { get; init; }

    /// <summary>legacy_session_id, up to 32 octets.</summary>
    public ReadOnlyMemory<byte> SessionId { get; init; }

    /// <summary>The suites, best first.</summary>
    public IReadOnlyList<ushort> CipherSuites { get; init; } = [];

    /// <summary>False leaves the extensions out, as SSL 3.0 does, which knows none.</summary>
    public bool HasExtensions { get; init; } = true;

    /// <summary>The name for server_name in ASCII, or null.</summary>
    public string? ServerName { get; init; }

    /// <summary>supported_groups.</summary>
    public IReadOnlyList<ushort> Groups { get; init; } = [];

    /// <summary>ec_point_formats.</summary>
    public IReadOnlyList<byte> PointFormats { get; init; } = [];

    /// <summary>signature_algorithms.</summary>
    public IReadOnlyList<ushort> SignatureSchemes { get; init; } = [];

    /// <summary>application_layer_protocol_negotiation, in ASCII.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>supported_versions.</summary>
    public IReadOnlyList<TlsVersion> SupportedVersions { get; init; } = [];

    /// <summary>key_share: groups and public keys.</summary>
    public IReadOnlyList<(ushort Group, ReadOnlyMemory<byte> Key)> KeyShares { get; init; } = [];

    /// <summary>The extension extended_master_secret (RFC 7627 §5.1).</summary>
    public bool HasExtendedMasterSecret { get; init; }

    /// <summary>The modes of psk_key_exchange_modes (RFC 8446 §4.2.9); none for no such extension.</summary>
    public IReadOnlyList<byte> PskKeyExchangeModes { get; init; } = [];

    /// <summary>The session to go on with (RFC 8446 §4.2.11), or null. Its binder is written as zeros, the last octets of the message, for the caller to fill.</summary>
    public TlsOfferedPreSharedKey? PreSharedKey { get; init; }

    /// <summary>Octets of the whole record.</summary>
    public int Length => Build().Count;

    /// <summary>Writes the record.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    /// <exception cref="InvalidOperationException">The random has not 32 octets, or something is longer than its length field can say.</exception>
    public int WriteTo(Span<byte> destination)
    {
        var record = Build();
        record.ToArray().CopyTo(destination);
        return record.Count;
    }

    /// <summary>The record's octets.</summary>
    public byte[] ToBytes() => [.. Build()];

    private List<byte> Build()
    {
        if (Random.Length != RandomLength) throw new InvalidOperationException("The random of a ClientHello has 32 octets.");
        var record = new List<byte>(512) { (byte)TlsContentType.Handshake };
        Add16(record, (ushort)RecordVersion);
        record.AddRange([0, 0, (byte)TlsHandshakeType.ClientHello, 0, 0, 0]);
        Add16(record, (ushort)LegacyVersion);
        record.AddRange(Random.Span);
        AddVector8(record, SessionId.Span);
        AddVector16(record, Numbers(CipherSuites));
        AddVector8(record, [0]); // compression: null
        if (HasExtensions) AddVector16(record, Extensions());

        var body = record.Count - BodyAt;
        if (body + TlsHandshakeMessage.HeaderLength > ushort.MaxValue) throw new InvalidOperationException("The ClientHello exceeds one record.");
        (record[3], record[4]) = ((byte)((record.Count - HandshakeAt) >> 8), (byte)(record.Count - HandshakeAt));
        (record[7], record[8]) = ((byte)(body >> 8), (byte)body);
        return record;
    }

    private List<byte> Extensions()
    {
        var extensions = new List<byte>();
        if (ServerName is { } name)
        {
            var entry = new List<byte> { 0 }; // host_name
            AddVector16(entry, Encoding.ASCII.GetBytes(name));
            AddExtension(extensions, TlsExtensionType.ServerName, Vector16(entry));
        }

        if (Groups.Count > 0) AddExtension(extensions, TlsExtensionType.SupportedGroups, Vector16(Numbers(Groups)));
        if (PointFormats.Count > 0) AddExtension(extensions, TlsExtensionType.EcPointFormats, Vector8([.. PointFormats]));
        if (SignatureSchemes.Count > 0) AddExtension(extensions, TlsExtensionType.SignatureAlgorithms, Vector16(Numbers(SignatureSchemes)));
        if (Protocols.Count > 0)
        {
            var names = new List<byte>();
            foreach (var protocol in Protocols) AddVector8(names, Encoding.ASCII.GetBytes(protocol));
            AddExtension(extensions, TlsExtensionType.Alpn, Vector16(names));
        }

        if (SupportedVersions.Count > 0) AddExtension(extensions, TlsExtensionType.SupportedVersions, Vector8([.. Numbers([.. SupportedVersions.Select(static v => (ushort)v)])]));
        if (KeyShares.Count > 0)
        {
            var shares = new List<byte>();
            foreach (var (group, key) in KeyShares)
            {
                Add16(shares, group);
                AddVector16(shares, key.ToArray());
            }

            AddExtension(extensions, TlsExtensionType.KeyShare, Vector16(shares));
        }

        if (HasExtendedMasterSecret) AddExtension(extensions, TlsExtensionType.ExtendedMasterSecret, []);
        if (PskKeyExchangeModes.Count > 0) AddExtension(extensions, TlsExtensionType.PskKeyExchangeModes, Vector8([.. PskKeyExchangeModes]));
        if (PreSharedKey is { } offered) AddPreSharedKey(extensions, offered); // it must be the last (RFC 8446 §4.2.11)
        return extensions;
    }

    private static void AddPreSharedKey(List<byte> extensions, TlsOfferedPreSharedKey offered)
    {
        var identity = Vector16(offered.Identity.ToArray());
        Add16(identity, (ushort)(offered.ObfuscatedAge >> 16));
        Add16(identity, (ushort)offered.ObfuscatedAge);
        var data = Vector16(identity);
        AddVector16(data, Vector8(new byte[offered.BinderLength]));
        AddExtension(extensions, TlsExtensionType.PreSharedKey, data);
    }

    private static List<byte> Numbers(IReadOnlyList<ushort> numbers)
    {
        var octets = new List<byte>(2 * numbers.Count);
        foreach (var number in numbers) Add16(octets, number);
        return octets;
    }

    private static void AddExtension(List<byte> to, TlsExtensionType type, IReadOnlyCollection<byte> data)
    {
        Add16(to, (ushort)type);
        AddVector16(to, data);
    }

    private static List<byte> Vector8(ReadOnlySpan<byte> data)
    {
        var vector = new List<byte>();
        AddVector8(vector, data);
        return vector;
    }

    private static List<byte> Vector16(IReadOnlyCollection<byte> data)
    {
        var vector = new List<byte>();
        AddVector16(vector, data);
        return vector;
    }

    private static void AddVector8(List<byte> to, ReadOnlySpan<byte> data)
    {
        if (data.Length > byte.MaxValue) throw new InvalidOperationException("A part of the ClientHello exceeds 255 octets.");
        to.Add((byte)data.Length);
        to.AddRange(data);
    }

    private static void AddVector16(List<byte> to, IReadOnlyCollection<byte> data)
    {
        if (data.Count > ushort.MaxValue) throw new InvalidOperationException("A part of the ClientHello exceeds 65,535 octets.");
        Add16(to, (ushort)data.Count);
        to.AddRange(data);
    }

    private static void Add16(List<byte> to, ushort number)
    {
        Span<byte> octets = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, number);
        to.AddRange(octets);
    }
}
