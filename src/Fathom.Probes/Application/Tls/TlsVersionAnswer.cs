using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>A server's answer to a ClientHello of one version only.</summary>
/// <param name="Version">The version that was asked for.</param>
/// <param name="Support">What the answer means.</param>
/// <param name="Detail">The answer for people: "server_hello of TLS 1.0", "alert fatal protocol_version (70)", "reset".</param>
public sealed record TlsVersionAnswer(TlsVersion Version, TlsVersionSupport Support, string Detail)
{
    /// <summary>The version of the ServerHello, or null.</summary>
    public TlsVersion? Selected { get; init; }

    /// <summary>The suite of the ServerHello, or null.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>The suite is one that <see cref="TlsProbe"/> offers in a handshake; else only the survey's long list had it.</summary>
    public bool IsUsualSuite { get; init; }

    /// <summary>The ServerHello goes on with the session whose ticket was given (RFC 8446 §4.2.11).</summary>
    internal bool TakesPreSharedKey { get; init; }

    /// <summary>The session id of the ServerHello.</summary>
    internal ReadOnlyMemory<byte> SessionId { get; init; }

    /// <summary>The alert, or null.</summary>
    public TlsAlert? Alert { get; init; }
}
