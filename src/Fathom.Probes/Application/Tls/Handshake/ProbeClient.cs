using System.Text;
using Fathom.Wire.Application.Tls;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>What the probe offers and how it behaves: a modern client that also speaks to old servers.</summary>
internal sealed class ProbeClient(TlsCrypto crypto, TlsProbeOptions options, HandshakeRecorder recorder) : AbstractTlsClient(crypto)
{
    public override void NotifyAlertReceived(short alertLevel, short alertDescription)
        => recorder.Alert(TlsDirection.Received, (byte)alertLevel, (byte)alertDescription);

    public override void NotifyAlertRaised(short alertLevel, short alertDescription, string message, Exception cause)
        => recorder.Alert(TlsDirection.Sent, (byte)alertLevel, (byte)alertDescription);

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();

        // A hello_retry_request changes what is hashed (RFC 8446 §4.4.1); who needs that is not worth the code here.
        if (options.PreparesResumption && !recorder.HelloRetryRequestSeen && recorder.ServerHello is { Version: >= TlsVersion.Tls13 } hello) recorder.ResumptionSecret = ResumptionSecret(hello.CipherSuite);
        recorder.Complete(m_context.SecurityParameters);
    }

    // RFC 8446 §7.1: Derive-Secret(Master Secret, "res master", ClientHello...client Finished).
    private byte[] ResumptionSecret(ushort suite)
    {
        var hash = ResumptionState.HashOf(suite);
        var transcript = ResumptionState.HashData(hash, recorder.Transcript);
        var algorithm = transcript.Length == System.Security.Cryptography.SHA384.HashSizeInBytes ? CryptoHashAlgorithm.sha384 : CryptoHashAlgorithm.sha256;
        return TlsCryptoUtilities.HkdfExpandLabel(m_context.SecurityParameters.MasterSecret, algorithm, "res master", transcript, transcript.Length).Extract();
    }

    // Servers without RFC 5746 exist; OpenSSL 3 refuses them, so that it is a fact to tell, not a reason to stop.
    public override void NotifySecureRenegotiation(bool secureRenegotiation) => recorder.SecureRenegotiation = secureRenegotiation;

    // The host's clock is no business of the peer's, and in the lab it would be the only time in the octets.
    public override bool ShouldUseGmtUnixTime() => false;

    // The signatures of the chain are judged by CertificateValidator, after the handshake.
    public override bool ShouldCheckSigAlgOfPeerCerts() => false;

    // The session tells an end without close_notify from one with it by itself.
    public override bool RequiresCloseNotify() => false;

    // Both limits are kept by HandshakeRecorder, which can name them.
    public override int GetMaxCertificateChainLength() => int.MaxValue;

    public override int GetMaxHandshakeMessageSize() => int.MaxValue;

    public override TlsDHGroupVerifier GetDHGroupVerifier() => new ProbeDhGroupVerifier();

    public override TlsAuthentication GetAuthentication() => new ProbeAuthentication(recorder);

    // One share, as OpenSSL does: another costs time here and is answered by a HelloRetryRequest where it was needed.
    public override IList<int> GetEarlyKeyShareGroups() => [TlsNamedGroups.X25519];

    protected override ProtocolVersion[] GetSupportedVersions()
    {
        var versions = new List<ProtocolVersion>();
        for (var version = options.MaximumVersion; version >= options.MinimumVersion && version >= TlsVersion.Ssl3; version--)
        {
            versions.Add(ProtocolVersion.Get((ushort)version >> 8, (ushort)version & 0xFF));
        }

        return [.. versions];
    }

    protected override int[] GetSupportedCipherSuites() => CipherSuites.Offered(options.MinimumVersion, options.MaximumVersion);

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles)
        => [TlsNamedGroups.X25519, TlsNamedGroups.Secp256R1, TlsNamedGroups.X448, TlsNamedGroups.Secp384R1, TlsNamedGroups.Secp521R1,
            TlsNamedGroups.Ffdhe2048, TlsNamedGroups.Ffdhe3072, TlsNamedGroups.Ffdhe4096];

    protected override IList<SignatureAndHashAlgorithm> GetSupportedSignatureAlgorithms()
    {
        var algorithms = new List<SignatureAndHashAlgorithm>();
        foreach (var scheme in SignatureSchemes.Offered)
        {
            algorithms.Add(SignatureScheme.GetSignatureAndHashAlgorithm(scheme));
        }

        return algorithms;
    }

    protected override IList<ProtocolName>? GetProtocolNames()
        => options.ApplicationProtocols.Count == 0 ? null : [.. options.ApplicationProtocols.Select(ProtocolName.AsUtf8Encoding)];

    // RFC 6066 §3: literal IP addresses are not permitted in server_name; nor is the trailing dot.
    protected override IList<ServerName>? GetSniServerNames()
    {
        var name = ServerNameToSend(options.ServerName);
        return name is null ? null : [new ServerName(NameType.host_name, Encoding.ASCII.GetBytes(name))];
    }

    /// <summary>What goes into server_name for this name: null for none, for an IP literal, or an empty name.</summary>
    internal static string? ServerNameToSend(string? serverName)
    {
        var name = serverName?.TrimEnd('.');
        return string.IsNullOrEmpty(name) || Certificates.NameMatcher.TryParseAddress(name, out _) ? null : name;
    }
}
