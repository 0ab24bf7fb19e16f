using System.Buffers.Binary;

namespace Fathom.Wire.Application.Tls;

/// <summary>The body of a ServerHello (RFC 8446 §4.1.3, RFC 5246 §7.4.1.3), or of the HelloRetryRequest that looks like one.</summary>
public readonly ref struct TlsServerHello : IWireView<TlsServerHello>
{
    /// <summary>Octets before the session id: version, random, and the id's length.</summary>
    public const int FixedLength = 35;

    private const string Name = "ServerHello";

    private static readonly FieldSpec[] Rows =
    [
        new("legacyVersion", 0, 16, "RFC 8446 §4.1.3"),
        new("random", 16, 256, "RFC 8446 §4.1.3"),
        new("sessionIdLength", 272, 8, "RFC 8446 §4.1.3"),
    ];

    private readonly ReadOnlySpan<byte> _fixed;
    private readonly ReadOnlySpan<byte> _choice;

    private TlsServerHello(scoped ref TlsCursor cursor)
    {
        _fixed = cursor.Fixed(FixedLength - 1, Name);
        SessionId = cursor.Vector(1, "session id");
        _choice = cursor.Fixed(3, "cipher suite and compression method");
        HasExtensions = !cursor.Error.IsError && !cursor.IsAtEnd;
        if (HasExtensions) Extensions = cursor.Vector(2, "extensions");
        cursor.End(Name);
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The version field; of TLS 1.3, 0x0303.</summary>
    public TlsVersion LegacyVersion => (TlsVersion)BinaryPrimitives.ReadUInt16BigEndian(_fixed);

    /// <summary>The server's 32 random octets.</summary>
    public ReadOnlySpan<byte> Random => _fixed[2..];

    /// <summary>legacy_session_id_echo, or the id of the session, 0 to 32 octets in right messages.</summary>
    public ReadOnlySpan<byte> SessionId { get; }

    /// <summary>True if the suite is there: always in a view that was read strictly.</summary>
    public bool HasCipherSuite => _choice.Length >= 2;

    /// <summary>The suite that the server chose.</summary>
    public ushort CipherSuite => HasCipherSuite ? BinaryPrimitives.ReadUInt16BigEndian(_choice) : (ushort)0;

    /// <summary>The compression method: 0 is none.</summary>
    public byte CompressionMethod => _choice.Length > 2 ? _choice[2] : (byte)0;

    /// <summary>The suite's and the compression method's octets, as they stand.</summary>
    public ReadOnlySpan<byte> Choice => _choice;

    /// <summary>True where an extensions block is there, be it empty.</summary>
    public bool HasExtensions { get; }

    /// <summary>The extensions, for <see cref="TlsExtensionEnumerator"/>.</summary>
    public ReadOnlySpan<byte> Extensions { get; }

    /// <summary>True when the random says so (RFC 8446 §4.1.3).</summary>
    public bool IsHelloRetryRequest => Random.SequenceEqual(RetryRandom);

    /// <summary>The version: from supported_versions where it is there, else the legacy field.</summary>
    public TlsVersion SelectedVersion
    {
        get
        {
            foreach (var extension in EnumerateExtensions())
            {
                if (extension.TryGetSelectedVersion(out var version)) return version;
            }

            return LegacyVersion;
        }
    }

    /// <summary>The group of the key share, or null.</summary>
    public ushort? SelectedGroup
    {
        get
        {
            foreach (var extension in EnumerateExtensions())
            {
                if (extension.TryGetSelectedGroup(out var group)) return group;
            }

            return null;
        }
    }

    /// <summary>SHA-256 of "HelloRetryRequest", the random of a HelloRetryRequest.</summary>
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    /// <summary>Walks the extensions.</summary>
    public TlsExtensionEnumerator EnumerateExtensions() => new(Extensions);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TlsServerHello view, out WireError error)
    {
        if (TryReadTruncated(bytes, out view, out error) && !error.IsError && IsWellFormed(view, out error)) return true;
        view = default;
        return false;
    }

    /// <summary>
    /// Reads a message of which the end may be missing or damaged. True with an error means: version and random are there, and of the rest what
    /// stands before the fault.
    /// </summary>
    /// <param name="bytes">The body, without the handshake header.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">What is missing or wrong.</param>
    public static bool TryReadTruncated(ReadOnlySpan<byte> bytes, out TlsServerHello view, out WireError error)
    {
        const byte DraftOfTls13 = 0x7F;
        var cursor = new TlsCursor(bytes);
        if (!bytes.IsEmpty && bytes[0] == DraftOfTls13)
        {
            // Until draft 21 without session id and compression method; the network has none of them any more.
            view = default;
            error = WireError.BadVersion(TlsRecord.Protocol, 0, "ServerHello of a draft of TLS 1.3, whose form was another");
            return false;
        }

        view = new TlsServerHello(ref cursor);
        error = cursor.Error;
        if (view._fixed.Length == FixedLength - 1) return true;
        view = default;
        return false;
    }

    private static bool IsWellFormed(TlsServerHello view, out WireError error)
    {
        error = view.SessionId.Length > 32 ? WireError.BadLength(TlsRecord.Protocol, FixedLength - 1, 32, view.SessionId.Length, LengthSource.ElementLength, "session id") : default;
        if (error.IsError) return false;
        var walk = view.EnumerateExtensions();
        while (walk.MoveNext())
        {
        }

        // The suite, the compression method and the extensions' length stand between.
        error = walk.Error.IsError ? walk.Error with { Offset = walk.Error.Offset + FixedLength + view.SessionId.Length + 5 } : default;
        return !error.IsError;
    }
}
