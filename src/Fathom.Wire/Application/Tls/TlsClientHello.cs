using System.Buffers.Binary;

namespace Fathom.Wire.Application.Tls;

/// <summary>The body of a ClientHello (RFC 8446 §4.1.2, RFC 5246 §7.4.1.2), SSL 3.0 to TLS 1.3.</summary>
public readonly ref struct TlsClientHello : IWireView<TlsClientHello>
{
    /// <summary>Octets before the session id: version, random, and the id's length.</summary>
    public const int FixedLength = 35;

    private const string Name = "ClientHello";

    private static readonly FieldSpec[] Rows =
    [
        new("legacyVersion", 0, 16, "RFC 8446 §4.1.2"),
        new("random", 16, 256, "RFC 8446 §4.1.2"),
        new("sessionIdLength", 272, 8, "RFC 8446 §4.1.2"),
    ];

    private readonly ReadOnlySpan<byte> _fixed;

    private TlsClientHello(scoped ref TlsCursor cursor)
    {
        _fixed = cursor.Fixed(FixedLength - 1, Name);
        SessionId = cursor.Vector(1, "session id");
        CipherSuites = cursor.Vector(2, "cipher suites");
        CompressionMethods = cursor.Vector(1, "compression methods");

        // RFC 5246 §7.4.1.2: "the presence of extensions can be detected by determining whether there are bytes following".
        HasExtensions = !cursor.Error.IsError && !cursor.IsAtEnd;
        if (HasExtensions) Extensions = cursor.Vector(2, "extensions");
        cursor.End(Name);
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The version that the client would speak; of TLS 1.3, 0x0303, and the truth is in supported_versions.</summary>
    public TlsVersion LegacyVersion => (TlsVersion)BinaryPrimitives.ReadUInt16BigEndian(_fixed);

    /// <summary>The client's 32 random octets.</summary>
    public ReadOnlySpan<byte> Random => _fixed[2..];

    /// <summary>legacy_session_id, 0 to 32 octets in right messages.</summary>
    public ReadOnlySpan<byte> SessionId { get; }

    /// <summary>The suites, two octets each, in the client's order.</summary>
    public ReadOnlySpan<byte> CipherSuites { get; }

    /// <summary>legacy_compression_methods, an octet each: 0 is none.</summary>
    public ReadOnlySpan<byte> CompressionMethods { get; }

    /// <summary>True where an extensions block is there, be it empty; SSL 3.0 has none.</summary>
    public bool HasExtensions { get; }

    /// <summary>The extensions, for <see cref="TlsExtensionEnumerator"/>.</summary>
    public ReadOnlySpan<byte> Extensions { get; }

    /// <summary>How many suites.</summary>
    public int CipherSuiteCount => CipherSuites.Length / 2;

    /// <summary>One suite's number.</summary>
    /// <param name="index">From 0 to <see cref="CipherSuiteCount"/>, less one.</param>
    public ushort GetCipherSuite(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, CipherSuiteCount);
        return BinaryPrimitives.ReadUInt16BigEndian(CipherSuites[(2 * index)..]);
    }

    /// <summary>Walks the extensions.</summary>
    public TlsExtensionEnumerator EnumerateExtensions() => new(Extensions);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TlsClientHello view, out WireError error)
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
    public static bool TryReadTruncated(ReadOnlySpan<byte> bytes, out TlsClientHello view, out WireError error)
    {
        var cursor = new TlsCursor(bytes);
        view = new TlsClientHello(ref cursor);
        error = cursor.Error;
        if (view._fixed.Length == FixedLength - 1) return true;
        view = default;
        return false;
    }

    private static bool IsWellFormed(TlsClientHello view, out WireError error)
    {
        error = view.SessionId.Length > 32 ? WireError.BadLength(TlsRecord.Protocol, FixedLength - 1, 32, view.SessionId.Length, LengthSource.ElementLength, "session id")
            : view.CipherSuites.IsEmpty || view.CipherSuites.Length % 2 != 0
                ? WireError.BadLength(TlsRecord.Protocol, FixedLength + view.SessionId.Length, 2, view.CipherSuites.Length, LengthSource.ElementLength, "cipher suites")
                : default;
        if (error.IsError) return false;
        var walk = view.EnumerateExtensions();
        while (walk.MoveNext())
        {
        }

        // Suites and compression methods, each with its length, stand before the extensions' own length.
        var before = FixedLength + view.SessionId.Length + 2 + view.CipherSuites.Length + 1 + view.CompressionMethods.Length + 2;
        error = walk.Error.IsError ? walk.Error with { Offset = walk.Error.Offset + before } : default;
        return !error.IsError;
    }
}
