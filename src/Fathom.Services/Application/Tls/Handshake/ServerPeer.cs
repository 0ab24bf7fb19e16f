using System.Text;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Application.Tls.Certificates;
using Fathom.Probes.Application.Tls.Handshake;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Fathom.Services.Application.Tls.Handshake;

/// <summary>What the server chooses: the identity by the client's name, version, suite, protocol.</summary>
internal sealed class ServerPeer(HostTlsCrypto crypto, TlsServerOptions options, HandshakeRecorder recorder) : AbstractTlsServer(crypto)
{
    // Forward secrecy and authenticated encryption only (RFC 9325 §4.2); the hardware's AES first.
    private static readonly int[] Suites12 =
    [
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    private static readonly int[] Suites13 = [CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_CHACHA20_POLY1305_SHA256];

    /// <summary>The name that the client asked for, unescaped; null where it named none.</summary>
    public string? ServerName { get; private set; }

    /// <summary>The identity that is shown: by the client's name, else the first.</summary>
    public TlsServerIdentity Identity { get; private set; } = options.Identities[0];

    public override void NotifyAlertReceived(short alertLevel, short alertDescription)
        => recorder.Alert(TlsDirection.Received, (byte)alertLevel, (byte)alertDescription);

    public override void NotifyAlertRaised(short alertLevel, short alertDescription, string message, Exception cause)
        => recorder.Alert(TlsDirection.Sent, (byte)alertLevel, (byte)alertDescription);

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        recorder.Complete(m_context.SecurityParameters);
    }

    public override void NotifySecureRenegotiation(bool secureRenegotiation) => recorder.SecureRenegotiation = secureRenegotiation;

    // The host's clock is no business of the peer's, and in the lab it would be the only time in the octets.
    public override bool ShouldUseGmtUnixTime() => false;

    // The session tells an end without close_notify from one with it by itself.
    public override bool RequiresCloseNotify() => false;

    // Both limits are kept by HandshakeRecorder, which can name them.
    public override int GetMaxCertificateChainLength() => int.MaxValue;

    public override int GetMaxHandshakeMessageSize() => int.MaxValue;

    public override void ProcessClientExtensions(IDictionary<int, byte[]> clientExtensions)
    {
        base.ProcessClientExtensions(clientExtensions);
        ServerName = m_context.SecurityParameters.ClientServerNames?.Where(static n => n.NameType == NameType.host_name).Select(static n => Encoding.Latin1.GetString(n.NameData)).FirstOrDefault();
        if (ServerName is not { } name) return;
        if (options.Identities.FirstOrDefault(i => i.IsFor(name)) is { } identity) Identity = identity;
        else if (options.RefuseUnknownNames) throw new TlsFatalAlert(AlertDescription.unrecognized_name, $"no certificate is for {SafeText.FromUtf8(Encoding.Latin1.GetBytes(name))}");
    }

    public override TlsCredentials GetCredentials()
    {
        var parameters = m_context.SecurityParameters;
        var isTls13 = TlsUtilities.IsTlsV13(m_context.ServerVersion);
        foreach (var scheme in Identity.SchemesFor(isTls13))
        {
            var algorithm = SignatureScheme.GetSignatureAndHashAlgorithm(scheme);
            if (parameters.ClientSigAlgs is { } offered && !offered.Contains(algorithm)) continue;
            return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(m_context), crypto, Identity.Key, ChainFor(isTls13), algorithm);
        }

        throw new TlsFatalAlert(AlertDescription.handshake_failure, "the client accepts no signature that the certificate's key can make");
    }

    public override CertificateRequest? GetCertificateRequest()
    {
        if (!options.RequestClientCertificate && !options.RequireClientCertificate) return null;
        var schemes = new List<SignatureAndHashAlgorithm>();
        foreach (var scheme in SignatureSchemes.Offered) schemes.Add(SignatureScheme.GetSignatureAndHashAlgorithm(scheme));
        return TlsUtilities.IsTlsV13(m_context.ServerVersion)
            ? new CertificateRequest(TlsUtilities.EmptyBytes, schemes, null, null)
            : new CertificateRequest([ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign], schemes, null);
    }

    public override void NotifyClientCertificate(Certificate clientCertificate)
    {
        // Asked for so that a client can be seen to be asked; who it is decides nothing here, only whether it is anybody.
        if (!options.RequireClientCertificate || !clientCertificate.IsEmpty) return;

        // RFC 8446 §4.4.2.4; TLS 1.2 has no alert of its own for it (RFC 5246 §7.4.6).
        var alert = TlsUtilities.IsTlsV13(m_context.ServerVersion) ? AlertDescription.certificate_required : AlertDescription.handshake_failure;
        throw new TlsFatalAlert(alert, "the client gave no certificate");
    }

    protected override ProtocolVersion[] GetSupportedVersions()
    {
        var versions = new List<ProtocolVersion>();
        for (var version = options.MaximumVersion; version >= options.MinimumVersion; version--) versions.Add(ProtocolVersion.Get((ushort)version >> 8, (ushort)version & 0xFF));
        return [.. versions];
    }

    protected override int[] GetSupportedCipherSuites() => options.CipherSuites is { } own ? [.. Suites13, .. own.Select(static s => (int)s)] : [.. Suites13, .. Suites12];

    // RFC 8422 §2.2: the suite of TLS 1.2 names the kind of key; that of TLS 1.3 does not.
    protected override bool SelectCipherSuite(int cipherSuite)
    {
        var fits = TlsUtilities.GetKeyExchangeAlgorithm(cipherSuite) switch
        {
            KeyExchangeAlgorithm.ECDHE_ECDSA => !Identity.IsRsa,
            KeyExchangeAlgorithm.ECDHE_RSA => Identity.IsRsa,
            _ => true,
        };
        return fits && base.SelectCipherSuite(cipherSuite);
    }

    protected override IList<ProtocolName>? GetProtocolNames()
        => options.ApplicationProtocols.Count == 0 ? null : [.. options.ApplicationProtocols.Select(ProtocolName.AsUtf8Encoding)];

    private Certificate ChainFor(bool isTls13)
    {
        var chain = Identity.Chain.Select(der => Crypto.CreateCertificate(der.ToArray())).ToArray();
        return isTls13
            ? new Certificate(TlsUtilities.EmptyBytes, [.. chain.Select(static c => new CertificateEntry(c, null))])
            : new Certificate(chain);
    }
}
