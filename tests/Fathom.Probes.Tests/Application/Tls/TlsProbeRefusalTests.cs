using Fathom.Probes.Application.Tls;
using Fathom.Probes.Tests.Application.Tls.Support;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>Servers of others that refuse: the alert is named.</summary>
public sealed class TlsProbeRefusalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task ServerNameIsSentAndRefusalIsAnAlert()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-servername", "other.example", "-servername_fatal", "-cert2", "leaf.pem", "-key2", "key.pem");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        var alert = Assert.IsType<TlsOutcome.AlertReceived>(outcome).Alert;
        Assert.Equal(new TlsAlert(TlsAlertLevel.Fatal, TlsAlertDescription.UnrecognizedName), alert);
        Assert.Equal("fatal unrecognized_name (112)", alert.ToString());
    }

    [Fact]
    public async Task OldServerAnswersProtocolVersion()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_1", "-cipher", "ALL:@SECLEVEL=0");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        // OpenSSL answers with an alert; other servers with a ServerHello of their version (see TlsProbePeerTests).
        var alert = Assert.IsType<TlsOutcome.AlertReceived>(outcome).Alert;
        Assert.Equal(TlsAlertDescription.ProtocolVersion, alert.Description);
        Assert.Equal(TlsProgress.FirstOctetsReceived, outcome.Progress);
    }

    [Fact]
    public async Task NoCommonSuiteIsHandshakeFailure()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.RsaLeaf("server.example", 2048);
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_2", "-cipher", "ARIA128-GCM-SHA256");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        Assert.Equal(TlsAlertDescription.HandshakeFailure, Assert.IsType<TlsOutcome.AlertReceived>(outcome).Alert.Description);
    }

    [Fact]
    public async Task ClientCertificateRequiredByTls12EndsTheHandshake()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_2", "-Verify", "1", "-CAfile", "leaf.pem");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);

        Assert.Equal(TlsAlertDescription.HandshakeFailure, Assert.IsType<TlsOutcome.AlertReceived>(outcome).Alert.Description);
        Assert.Equal(["CN=server.example"], outcome.CertificateRequest?.Authorities);
        Assert.Equal(TlsProgress.ClientFinishedSent, outcome.Progress);
    }

    [Fact]
    public async Task ClientCertificateRequiredByTls13IsToldToTheFirstRead()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_3", "-Verify", "1");
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, new TlsProbeOptions("server.example", Patience), default);
        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;
        var read = await session.ReadAsync(new byte[100], default);

        Assert.True(session.PeerCertificateRequested);
        Assert.Equal(TlsStreamStatus.AlertReceived, read.Status);
        Assert.Equal(TlsAlertDescription.CertificateRequired, read.Alert?.Description);
    }
}
