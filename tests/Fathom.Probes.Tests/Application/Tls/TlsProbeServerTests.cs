using System.Text;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Tests.Application.Tls.Support;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>Handshakes and data with servers of others: OpenSSL and nginx.</summary>
public sealed class TlsProbeServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("-tls1_3", TlsVersion.Tls13, "TLS_AES_256_GCM_SHA384", "x25519")]
    [InlineData("-tls1_2", TlsVersion.Tls12, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "x25519")]
    public async Task HandshakeWithOpenSsl(string version, TlsVersion expected, string suite, string group)
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var intermediate = root.Intermediate("CN=Test Intermediate");
        using var leaf = intermediate.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [intermediate.Certificate], version, "-serverpref", "-alpn", "h2,http/1.1");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        var completed = Assert.IsType<TlsOutcome.Completed>(outcome);
        await using var session = completed.Session;
        Assert.Equal(expected, session.Version);
        Assert.Equal(expected, outcome.Version);
        Assert.Equal(suite, session.CipherSuite);
        Assert.Equal(group, session.KeyExchangeGroup);
        Assert.Equal("ecdsa_secp256r1_sha256", session.ServerSignatureScheme);
        Assert.Equal("http/1.1", session.ApplicationProtocol);
        Assert.False(session.PeerCertificateRequested);
        Assert.False(outcome.HelloRetryRequestSeen);
        Assert.Equal(TlsProgress.Complete, outcome.Progress);
        Assert.Equal([leaf.Thumbprint, intermediate.Certificate.Thumbprint], outcome.PeerChain.Select(Thumbprint));
        Assert.Equal("CN=server.example", outcome.PeerChain[0].Subject);
        var verdict = CertificateValidator.Validate(outcome.PeerChain, root.Anchors, "server.example", TestAuthority.Now);
        Assert.Empty(verdict.Problems);
    }

    [Fact]
    public async Task MessagesOfTls13AreSeenDecrypted()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_3");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        Assert.Equal(
            ["> client_hello", "< server_hello", "<*encrypted_extensions", "<*certificate", "<*certificate_verify", "<*finished", ">*finished"],
            outcome.Messages.Where(message => message.Name != "change_cipher_spec").Select(Describe));
    }

    [Fact]
    public async Task MessagesOfTls12AreSeen()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_2");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        Assert.Equal(
            ["> client_hello", "< server_hello", "< certificate", "< server_key_exchange", "< server_hello_done",
             "> client_key_exchange", "> change_cipher_spec", ">*finished", "< change_cipher_spec", "<*finished"],
            outcome.Messages.Select(Describe));
    }

    [Theory]
    [InlineData("-tls1_3")]
    [InlineData("-tls1_2")]
    public async Task DataFlowsBothWaysAndEndsWithCloseNotify(string version)
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], version, "-www");
        await using var connection = await SocketConnection.OpenAsync(server.Port);
        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);
        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;

        var written = await session.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), default);
        var (text, last) = await ReadToEndAsync(session);

        Assert.Equal(new TlsStreamResult(TlsStreamStatus.Ok, 18), written);
        Assert.StartsWith("HTTP/1.0 200 ok", text, StringComparison.Ordinal);
        Assert.Contains("</HTML>", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(TlsStreamStatus.End, last.Status);
        Assert.True(session.CloseNotifyReceived);
    }

    [Fact]
    public async Task ManyRecordsToNginxAndBack()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.RsaLeaf("server.example", 2048);
        await using var server = await ServerProcess.NginxAsync(leaf, [], "client_max_body_size 1m; large_client_header_buffers 4 64k; location /big { return 200 \"$http_x_pad\"; }");
        await using var connection = await SocketConnection.OpenAsync(server.Port);
        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);
        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;
        var pad = new string('x', 60_000);

        await session.WriteAsync(Encoding.ASCII.GetBytes($"GET /big HTTP/1.1\r\nHost: server.example\r\nConnection: close\r\nX-Pad: {pad}\r\n\r\n"), default);
        var (text, last) = await ReadToEndAsync(session);

        Assert.EndsWith("\r\n\r\n" + pad, text, StringComparison.Ordinal);
        Assert.Equal("rsa_pss_rsae_sha256", session.ServerSignatureScheme);
        // nginx closes the socket of a finished response with close_notify.
        Assert.Equal(TlsStreamStatus.End, last.Status);
    }

    [Fact]
    public async Task CloseSendsCloseNotifyAndReadingGoesOn()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, []);
        await using var connection = await SocketConnection.OpenAsync(server.Port);
        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);
        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;

        var closed = await session.CloseAsync(default);
        var (_, last) = await ReadToEndAsync(session);
        var afterwards = await session.WriteAsync(new byte[1], default);

        Assert.Equal(TlsStreamStatus.Ok, closed.Status);
        Assert.True(session.CloseNotifySent);
        Assert.NotEqual(TlsStreamStatus.Ok, last.Status);
        Assert.NotEqual(TlsStreamStatus.Ok, afterwards.Status);
        Assert.Single(session.Messages, message => message.Direction == TlsDirection.Sent && message.Name.Contains("close_notify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HelloRetryRequestIsSeen()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_3", "-groups", "P-384");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;
        Assert.True(outcome.HelloRetryRequestSeen);
        Assert.Equal("secp384r1", session.KeyExchangeGroup);
        Assert.Equal(2, outcome.Messages.Count(message => message.Name == "client_hello"));
    }

    [Theory]
    [InlineData("ECDHE-RSA-AES128-SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "x25519", TlsWeaknessKind.CbcMode)]
    [InlineData("DHE-RSA-AES128-GCM-SHA256", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "dh 2048")]
    [InlineData("AES128-SHA", "TLS_RSA_WITH_AES_128_CBC_SHA", null, TlsWeaknessKind.NoForwardSecrecy, TlsWeaknessKind.CbcMode)]
    [InlineData("AES256-GCM-SHA384", "TLS_RSA_WITH_AES_256_GCM_SHA384", null, TlsWeaknessKind.NoForwardSecrecy)]
    [InlineData("ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "x25519")]
    public async Task OldSuitesAreSpoken(string openSslName, string suite, string? group, params TlsWeaknessKind[] weaknesses)
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.RsaLeaf("server.example", 2048);
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_2", "-cipher", openSslName);
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;
        Assert.Equal(suite, session.CipherSuite);
        Assert.Equal(group, session.KeyExchangeGroup);
        Assert.Equal(weaknesses, session.Weaknesses.Select(weakness => weakness.Kind));
    }

    [Theory]
    [InlineData("RSA+SHA1", TlsWeaknessKind.Sha1Signature)]
    [InlineData("RSA+SHA256", null)]
    public async Task SignatureOfTheHandshakeIsJudged(string algorithm, TlsWeaknessKind? weakness)
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.RsaLeaf("server.example", 2048);
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_2", "-cipher", "ECDHE:@SECLEVEL=0", "-sigalgs", algorithm);
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;
        Assert.Equal(weakness is { } kind ? [kind] : [], session.Weaknesses.Where(found => found.IsRefused).Select(found => found.Kind));
    }

    [Fact]
    public async Task OldServerIsSpokenToWhenAllowed()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.RsaLeaf("server.example", 2048);
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_1", "-cipher", "ALL:@SECLEVEL=0");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience) { MinimumVersion = TlsVersion.Tls10 }, default);

        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;
        Assert.Equal(TlsVersion.Tls11, session.Version);
        Assert.Contains(session.Weaknesses, weakness => weakness is { Kind: TlsWeaknessKind.OldVersion, IsRefused: true });
    }

    [Fact]
    public async Task NginxCompletes()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.NginxAsync(leaf, [], "ssl_verify_client optional_no_ca;");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);
        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;
        await session.WriteAsync("GET / HTTP/1.1\r\nHost: server.example\r\nConnection: close\r\n\r\n"u8.ToArray(), default);
        var (text, _) = await ReadToEndAsync(session);

        Assert.True(session.PeerCertificateRequested);
        Assert.EndsWith("hello\n", text, StringComparison.Ordinal);
    }

    internal static async Task<(string Text, TlsStreamResult Last)> ReadToEndAsync(TlsSession session)
    {
        using var patience = new CancellationTokenSource(Patience);
        var text = new StringBuilder();
        var buffer = new byte[10_000];
        while (true)
        {
            var read = await session.ReadAsync(buffer, patience.Token);
            if (read.Status != TlsStreamStatus.Ok) return (text.ToString(), read);
            text.Append(Encoding.Latin1.GetString(buffer, 0, read.Count));
        }
    }

    private static string Thumbprint(TlsCertificate certificate)
        => System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(certificate.Der.Span).Thumbprint;

    private static string Describe(TlsMessageSeen message)
        => (message.Direction == TlsDirection.Sent ? ">" : "<") + (message.IsEncrypted ? "*" : " ") + message.Name;
}
