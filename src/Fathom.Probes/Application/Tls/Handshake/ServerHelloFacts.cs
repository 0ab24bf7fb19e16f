using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>What a ServerHello decided (RFC 8446 §4.1.3, RFC 5246 §7.4.1.3), to keep.</summary>
/// <param name="Version">The version: from supported_versions where it is there, else the legacy field.</param>
/// <param name="CipherSuite">The suite's number.</param>
/// <param name="IsHelloRetryRequest">True when the random says so (RFC 8446 §4.1.3).</param>
/// <param name="Group">The group of the key share, or null.</param>
internal readonly record struct ServerHelloFacts(TlsVersion Version, ushort CipherSuite, bool IsHelloRetryRequest, ushort? Group)
{
    /// <summary>The server goes on with the session whose ticket was given (RFC 8446 §4.2.11).</summary>
    public bool TakesPreSharedKey { get; private init; }

    /// <summary>The session id; in TLS 1.3 an echo of the client's.</summary>
    public ReadOnlyMemory<byte> SessionId { get; private init; }

    /// <summary>Reads the body of a ServerHello, without the handshake header.</summary>
    /// <param name="body">The body.</param>
    /// <param name="facts">What it says.</param>
    /// <returns>False when it is cut short or its lengths disagree.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ServerHelloFacts facts)
    {
        facts = default;
        if (!TlsServerHello.TryRead(body, out var hello, out _)) return false;
        facts = new ServerHelloFacts(hello.SelectedVersion, hello.CipherSuite, hello.IsHelloRetryRequest, hello.SelectedGroup)
        {
            SessionId = hello.SessionId.ToArray(),
            TakesPreSharedKey = Has(hello, TlsExtensionType.PreSharedKey),
        };
        return true;
    }

    private static bool Has(TlsServerHello hello, TlsExtensionType type)
    {
        foreach (var extension in hello.EnumerateExtensions())
        {
            if (extension.Type == type) return true;
        }

        return false;
    }
}
