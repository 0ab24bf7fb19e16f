using Fathom.Hosts.Application;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Transport;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>All that was learned about a TLS server. What comes after a failure is null or empty.</summary>
/// <param name="Host">The host as asked for.</param>
/// <param name="Port">The port.</param>
/// <param name="Lookup">What the name led to.</param>
public sealed record TlsInspection(string Host, ushort Port, HostLookupOutcome Lookup)
{
    /// <summary>Host and port as a URL has them: "example.org:443", "[2001:db8::1]:443".</summary>
    public string Authority => Host.Contains(':', StringComparison.Ordinal) && !Host.StartsWith('[') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>The attempts to connect, in order; the last one succeeded, if any did.</summary>
    public IReadOnlyList<ConnectOutcome> Attempts { get; init; } = [];

    /// <summary>The words before TLS; null where there were none.</summary>
    public StartTlsOutcome? Prelude { get; init; }

    /// <summary>How the handshake ended. A session in it is closed already.</summary>
    public TlsOutcome? Handshake { get; init; }

    /// <summary>All messages, also those that came after the handshake.</summary>
    public IReadOnlyList<TlsMessageSeen> Messages { get; init; } = [];

    /// <summary>An alert that came when the handshake was complete on this side: a TLS 1.3 server refuses a client so (RFC 8446 §4.4.2.4).</summary>
    public TlsAlert? LateAlert { get; init; }

    /// <summary>How an attempt to go on with the session went; null where none was made.</summary>
    public TlsResumption? Resumption { get; init; }

    /// <summary>What is wrong with the certificates; null where none came or the roots are unknown.</summary>
    public CertificateVerdict? Certificates { get; init; }

    /// <summary>The roots that were judged by; null where the host could not tell them.</summary>
    public TrustAnchors? Anchors { get; init; }

    /// <summary>The versions that the server speaks, where that was asked.</summary>
    public IReadOnlyList<TlsVersionAnswer> Versions { get; init; } = [];

    /// <summary>The suites that the server takes for each version, in the order of its choice, where that was asked.</summary>
    public IReadOnlyList<TlsSuiteSurvey> Suites { get; init; } = [];

    /// <summary>Why it could not be measured, with the remedy; null where it was.</summary>
    public Hosts.HostRefusal? Refusal { get; init; }

    /// <summary>True when the handshake was completed, and no alert came after it.</summary>
    public bool IsHandshakeComplete => Handshake is TlsOutcome.Completed && LateAlert is null;

    /// <summary>True when clients in use accept this server: the handshake, its strength, and the certificates.</summary>
    public bool IsAccepted => IsHandshakeComplete && Certificates is { IsTrusted: true } && !Weaknesses.Any(static w => w.IsRefused);

    /// <summary>What is weak about the handshake.</summary>
    public IReadOnlyList<TlsWeakness> Weaknesses => Handshake is TlsOutcome.Completed completed ? completed.Session.Weaknesses : [];
}
