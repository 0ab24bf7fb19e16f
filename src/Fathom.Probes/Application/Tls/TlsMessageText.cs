using System.Buffers.Binary;
using System.Globalization;
using Fathom.Probes.Application.Tls.Handshake;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>Says what a handshake message carries, in plain words and with its own values.</summary>
public static class TlsMessageText
{
    /// <summary>One phrase: "chooses TLS 1.3, TLS_AES_128_GCM_SHA256, x25519". Text of the peer in it is escaped.</summary>
    /// <param name="message">The message.</param>
    /// <param name="version">The version of the connection, null before it is known.</param>
    public static string Describe(TlsMessageSeen message, TlsVersion? version)
    {
        ArgumentNullException.ThrowIfNull(message);
        var octets = message.Octets.Span;
        var body = octets.Length >= TlsHandshakeMessage.HeaderLength ? octets[TlsHandshakeMessage.HeaderLength..] : default;
        return message.Name switch
        {
            "client_hello" => OfClientHello(HelloReader.ReadClientHello(body)),
            "server_hello" => OfServerHello(body),
            "hello_retry_request" => "wants another key share: one more round trip",
            "encrypted_extensions" => OfEncryptedExtensions(HelloReader.ReadEncryptedExtensions(body)),
            "certificate" => OfCertificate(body, version),
            "certificate_request" => "asks the client for a certificate of its own",
            "certificate_verify" => $"proves that the sender has the key{Scheme(body)}",
            "certificate_status" => "the stapled OCSP response: what the authority says of its revocation",
            "server_key_exchange" => "the server's fresh key share, signed with its certificate's key",
            "server_hello_done" => "the server has said all; the client's turn",
            "client_key_exchange" => "the client's key share: both sides now have the secret",
            "change_cipher_spec" => version >= TlsVersion.Tls13 ? "means nothing in TLS 1.3; old middleboxes expect it" : "from here on this side encrypts",
            "finished" => "a hash of all messages so far: none was changed",
            "new_session_ticket" => $"a ticket: this session can be resumed{Lifetime(body)}",
            "key_update" => "switches to new keys",
            "hello_request" => "asks for a new handshake",
            _ when message.Name.StartsWith("alert ", StringComparison.Ordinal) => OfAlert(octets),
            _ => string.Empty,
        };
    }

    private static string OfClientHello(HelloFacts facts)
    {
        var versions = facts.Versions.Count > 0 ? facts.Versions : [facts.LegacyVersion];
        var text = $"offers {string.Join(", ", versions.Select(static v => v.ToText()))}; {facts.Suites} suites";
        if (facts.KeyShares.Count > 0) text += $"; key share {string.Join(", ", facts.KeyShares)}";
        text += facts.ServerName is { } name ? $"; for {name}" : "; names no server";
        if (facts.Protocols.Count > 0) text += $"; ALPN {string.Join(", ", facts.Protocols)}";
        return facts.OffersResumption ? text + "; with a ticket" : text;
    }

    private static string OfServerHello(ReadOnlySpan<byte> body)
    {
        if (!ServerHelloFacts.TryRead(body, out var facts)) return "cannot be read";
        var text = $"chooses {facts.Version.ToText()}, {TlsCipherSuites.Name(facts.CipherSuite)}";
        return facts.Group is { } group ? $"{text}, key share {TlsNamedGroups.Name(group)}" : text;
    }

    private static string OfEncryptedExtensions(HelloFacts facts)
        => facts.Protocols.Count > 0 ? $"what else was chosen: ALPN {string.Join(", ", facts.Protocols)}" : "what else was chosen: nothing";

    private static string OfCertificate(ReadOnlySpan<byte> body, TlsVersion? version)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        _ = CertificateMessage.TryRead(body, version ?? TlsVersion.Tls12, certificates);
        return certificates.Count switch
        {
            0 => "no certificate",
            1 => $"one certificate: {TlsCertificate.Read(certificates[0])}",
            var n => string.Create(CultureInfo.InvariantCulture, $"{n} certificates: {TlsCertificate.Read(certificates[0])} and what vouches for it"),
        };
    }

    private static string OfAlert(ReadOnlySpan<byte> octets)
        => octets.Length >= 2 && (TlsAlertDescription)octets[1] == TlsAlertDescription.CloseNotify ? "no more data from this side" : "ends the connection";

    private static string Scheme(ReadOnlySpan<byte> body) => body.Length >= 2 ? $": {TlsSignatureSchemes.Name(BinaryPrimitives.ReadUInt16BigEndian(body))}" : string.Empty;

    private static string Lifetime(ReadOnlySpan<byte> body)
        => body.Length >= 4 ? string.Create(CultureInfo.InvariantCulture, $" within {BinaryPrimitives.ReadUInt32BigEndian(body)} s") : string.Empty;
}
