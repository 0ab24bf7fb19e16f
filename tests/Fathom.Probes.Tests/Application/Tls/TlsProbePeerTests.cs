using System.Text;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Tests.Application.Tls.Support;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>Peers that are no proper TLS servers: what they do becomes an outcome, and they meet limits.</summary>
public sealed class TlsProbePeerTests
{
    private static readonly TlsProbeOptions Options = new("server.example", TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n")]
    [InlineData("220 mail.example ESMTP\r\n")]
    public async Task NotTls(string banner)
    {
        var octets = Encoding.ASCII.GetBytes(banner);
        var whole = Assert.IsType<TlsOutcome.NotTls>(await RunAsync(new ScriptedConnection(StreamStatus.End, octets)));
        var inPieces = Assert.IsType<TlsOutcome.NotTls>(await RunAsync(new ScriptedConnection(StreamStatus.End, [.. octets.Select(octet => new[] { octet })])));

        Assert.Equal(octets, whole.FirstBytes.ToArray());
        Assert.StartsWith(banner[..banner.IndexOf('\n', StringComparison.Ordinal)], Encoding.ASCII.GetString(inPieces.FirstBytes.Span), StringComparison.Ordinal);
        Assert.Equal(octets.Length, whole.BytesReceived);
    }

    [Fact]
    public async Task ABannerThatStopsIsStillAnAnswer()
    {
        var time = new ManualTime();
        var connection = new ScriptedConnection(null, [0x4A, 0, 0]) { OnSilence = () => time.Advance(TimeSpan.FromMilliseconds(100)) };

        var outcome = await TlsProbe.RunAsync(new TestHost(time), connection, Options, default);

        Assert.Equal(3, Assert.IsType<TlsOutcome.NotTls>(outcome).FirstBytes.Length);
    }

    [Fact]
    public async Task SilenceTimesOut()
    {
        var time = new ManualTime();
        var connection = new ScriptedConnection(null) { OnSilence = () => time.Advance(Options.Timeout) };

        var outcome = await TlsProbe.RunAsync(new TestHost(time), connection, Options, default);

        Assert.IsType<TlsOutcome.TimedOut>(outcome);
        Assert.Equal(TlsProgress.ClientHelloSent, outcome.Progress);
        Assert.Equal(Options.Timeout, outcome.Duration);
        Assert.Equal(0, outcome.BytesReceived);
        Assert.Equal(connection.Written.Sum(octets => octets.Length), outcome.BytesSent);
    }

    [Fact]
    public async Task StallAfterTheServerHelloSaysSo()
    {
        var time = new ManualTime();
        var connection = new ScriptedConnection(null, ServerHello(0x0303, 0xC02B)) { OnSilence = () => time.Advance(Options.Timeout) };

        var outcome = await TlsProbe.RunAsync(new TestHost(time), connection, Options, default);

        Assert.IsType<TlsOutcome.TimedOut>(outcome);
        Assert.Equal(TlsProgress.ServerHelloReceived, outcome.Progress);
        Assert.Equal(TlsVersion.Tls12, outcome.Version);
        Assert.Equal("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", outcome.CipherSuite);
    }

    [Theory]
    [InlineData(StreamStatus.End, false)]
    [InlineData(StreamStatus.Reset, true)]
    public async Task PeerEndsTheConnection(StreamStatus status, bool isReset)
    {
        var outcome = Assert.IsType<TlsOutcome.PeerClosed>(await RunAsync(new ScriptedConnection(status)));

        Assert.Equal(isReset, outcome.Reset);
        Assert.Equal(TlsProgress.ClientHelloSent, outcome.Progress);
    }

    [Fact]
    public async Task FailureOfTheStackIsNoStatementAboutThePeer()
        => Assert.IsType<TlsOutcome.ConnectionFailed>(await RunAsync(new ScriptedConnection(StreamStatus.Failed)));

    [Fact]
    public async Task AnAlertIsReadEvenWhenTheHelloCouldNotBeSent()
    {
        var connection = new ScriptedConnection(StreamStatus.Reset, [21, 3, 3, 0, 2, 2, 40]) { WriteStatus = StreamStatus.Reset };

        var alert = Assert.IsType<TlsOutcome.AlertReceived>(await RunAsync(connection)).Alert;

        Assert.Equal("handshake_failure", alert.Name);
    }

    [Fact]
    public async Task UnknownAlertKeepsItsNumber()
        => Assert.Equal("fatal alert_200 (200)", Assert.IsType<TlsOutcome.AlertReceived>(await RunAsync(new ScriptedConnection(StreamStatus.End, [21, 3, 3, 0, 2, 2, 200]))).Alert.ToString());

    [Fact]
    public async Task AnAlertOfLevelWarningThatEndsTheConnectionIsTheReason()
        => Assert.Equal("warning handshake_failure (40)", Assert.IsType<TlsOutcome.AlertReceived>(await RunAsync(new ScriptedConnection(StreamStatus.End, [21, 3, 3, 0, 2, 1, 40]))).Alert.ToString());

    [Fact]
    public async Task AWarningAboutTheNameIsNotTheReason()
    {
        var outcome = Assert.IsType<TlsOutcome.PeerClosed>(await RunAsync(new ScriptedConnection(StreamStatus.End, [21, 3, 3, 0, 2, 1, 112])));

        Assert.Equal(TlsAlertDescription.UnrecognizedName, Assert.Single(outcome.Warnings).Description);
    }

    [Fact]
    public async Task CloseNotifyDuringTheHandshakeIsAClose()
        => Assert.False(Assert.IsType<TlsOutcome.PeerClosed>(await RunAsync(new ScriptedConnection(StreamStatus.End, [21, 3, 3, 0, 2, 1, 0]))).Reset);

    [Theory]
    [InlineData(0x0302, TlsVersion.Tls11)]
    [InlineData(0x0301, TlsVersion.Tls10)]
    [InlineData(0x0300, TlsVersion.Ssl3)]
    public async Task ServerHelloOfALowerVersion(int number, TlsVersion version)
    {
        var connection = new ScriptedConnection(StreamStatus.End, ServerHello((ushort)number, 0xC013));

        var outcome = Assert.IsType<TlsOutcome.VersionUnsupported>(await RunAsync(connection));

        Assert.Equal(version, outcome.Selected);
        Assert.Equal([21, 3], connection.Written[^1][..2]); // the peer is told
    }

    [Fact]
    public async Task NonsenseInARecordIsMalformed()
    {
        var outcome = Assert.IsType<TlsOutcome.Malformed>(await RunAsync(new ScriptedConnection(StreamStatus.End, [22, 3, 3, 0, 5, 2, 0, 0, 1, 7])));

        Assert.Equal(TlsAlertLevel.Fatal, outcome.AlertSent?.Level);
    }

    [Fact]
    public async Task RecordsAboveTheLimitAreMalformedFromTheHeaderOn()
        => Assert.Contains("65535", Assert.IsType<TlsOutcome.Malformed>(await RunAsync(new ScriptedConnection(null, [22, 3, 3, 0xFF, 0xFF]))).Detail, StringComparison.Ordinal);

    [Fact]
    public async Task EndlessHandshakeMessagesEndAtALimit()
    {
        // hello_request is ignored during a handshake (RFC 5246 §7.4.1.1), for ever.
        var connection = new ScriptedConnection(null, [22, 3, 3, 0, 4, 0, 0, 0, 0]) { RepeatsLast = true };

        var outcome = Assert.IsType<TlsOutcome.LimitExceeded>(await RunAsync(connection));

        Assert.Equal(TlsLimit.HandshakeMessages, outcome.Limit);
        Assert.InRange(outcome.Messages.Count, 128, 256);
    }

    [Fact]
    public async Task GiantHandshakeMessageEndsAtALimit()
    {
        // A Certificate of 16 MB that keeps coming.
        var fragment = new byte[5 + 16384];
        (fragment[0], fragment[1], fragment[2], fragment[3]) = (22, 3, 3, 0x40);
        var start = (byte[])fragment.Clone();
        (start[5], start[6], start[7], start[8]) = (11, 0xFF, 0xFF, 0xFF);
        var connection = new ScriptedConnection(null, ServerHello(0x0303, 0xC02B), start, fragment) { RepeatsLast = true };

        var outcome = Assert.IsType<TlsOutcome.LimitExceeded>(await RunAsync(connection));

        Assert.Equal(TlsLimit.HandshakeOctets, outcome.Limit);
        Assert.InRange(outcome.BytesReceived, 256 * 1024, (256 * 1024) + fragment.Length);
    }

    [Fact]
    public async Task TooManyCertificatesEndAtALimit()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, Enumerable.Repeat(root.Certificate, 101));
        await using var connection = await SocketConnection.OpenAsync(server.Port);

        var outcome = Assert.IsType<TlsOutcome.LimitExceeded>(await RunAsync(connection));

        Assert.Equal(TlsLimit.Certificates, outcome.Limit);
        Assert.Equal(101, outcome.PeerChain.Count);
    }

    [Fact]
    public async Task CancellationByTheCallerThrows()
    {
        using var cancellation = new CancellationTokenSource();
        var connection = new ScriptedConnection(null) { OnSilence = cancellation.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await TlsProbe.RunAsync(new TestHost(), connection, Options, cancellation.Token));
    }

    [Theory]
    [InlineData("bücher.example")]
    public async Task NamesOutsideOfAsciiAreMisuse(string name)
        => await Assert.ThrowsAsync<ArgumentException>(async () => await TlsProbe.RunAsync(new TestHost(), new ScriptedConnection(StreamStatus.End), Options with { ServerName = name }, default));

    [Theory]
    [InlineData("server.example", "server.example")]
    [InlineData("server.example.", "server.example")]
    [InlineData("192.0.2.1", null)]
    [InlineData("2001:db8::1", null)]
    [InlineData(null, null)]
    public async Task ServerNameIndication(string? name, string? sent)
    {
        var connection = new ScriptedConnection(StreamStatus.End);

        await TlsProbe.RunAsync(new TestHost(), connection, Options with { ServerName = name }, default);

        var hello = Encoding.Latin1.GetString(connection.Written[0]);
        if (sent is not null) Assert.Contains("\0" + (char)sent.Length + sent, hello, StringComparison.Ordinal);
        else if (name is not null) Assert.DoesNotContain(name, hello, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameSeedGivesTheSameHello()
    {
        var first = new ScriptedConnection(StreamStatus.End);
        var second = new ScriptedConnection(StreamStatus.End);
        var other = new ScriptedConnection(StreamStatus.End);

        await TlsProbe.RunAsync(new TestHost(seed: 7), first, Options, default);
        await TlsProbe.RunAsync(new TestHost(seed: 7), second, Options, default);
        await TlsProbe.RunAsync(new TestHost(seed: 8), other, Options, default);

        Assert.Equal(first.Written[0], second.Written[0]);
        Assert.NotEqual(first.Written[0], other.Written[0]);
    }

    private static ValueTask<TlsOutcome> RunAsync(IStreamConnection connection) => TlsProbe.RunAsync(new TestHost(), connection, Options, default);

    /// <summary>A record with a ServerHello without extensions.</summary>
    private static byte[] ServerHello(ushort version, ushort suite)
    {
        byte[] body = [(byte)(version >> 8), (byte)version, .. Enumerable.Repeat((byte)0x5A, 32), 0, (byte)(suite >> 8), (byte)suite, 0];
        byte[] message = [2, 0, 0, (byte)body.Length, .. body];
        return [22, (byte)(version >> 8), (byte)version, 0, (byte)message.Length, .. message];
    }
}
