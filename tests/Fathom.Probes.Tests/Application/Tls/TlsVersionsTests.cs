using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Tests.Application.Tls.Support;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>Which versions a server speaks, asked of OpenSSL and of peers that answer otherwise.</summary>
public sealed class TlsVersionsTests
{
    private static readonly TlsVersion[] All = [TlsVersion.Tls13, TlsVersion.Tls12, TlsVersion.Tls11, TlsVersion.Tls10];

    [Theory]
    [InlineData("-tls1_3", TlsVersion.Tls13)]
    [InlineData("-tls1_2", TlsVersion.Tls12)]
    [InlineData("-tls1_1", TlsVersion.Tls11)]
    [InlineData("-tls1", TlsVersion.Tls10)]
    public async Task OneVersion(string argument, TlsVersion spoken)
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.RsaLeaf("server.example", 2048);
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], argument, "-cipher", "ALL:@SECLEVEL=0");

        var answers = await TlsProbe.FindVersionsAsync(new TestHost(), Connector(server.Port), "server.example", All, TimeSpan.FromSeconds(30), default);

        Assert.Equal(All, answers.Select(answer => answer.Version));
        Assert.Equal([spoken], answers.Where(answer => answer.Support == TlsVersionSupport.Spoken).Select(answer => answer.Version));
        Assert.All(answers.Where(answer => answer.Version != spoken), answer => Assert.Equal(TlsVersionSupport.Refused, answer.Support));
    }

    [Fact]
    public async Task OtherAnswers()
    {
        var connections = new Queue<IStreamConnection?>(
        [
            new ScriptedConnection(StreamStatus.Reset),
            new ScriptedConnection(StreamStatus.End, [21], [3, 3, 0, 2, 2], [40]),
            new ScriptedConnection(StreamStatus.End, "HTTP/1.1 400 Bad"u8.ToArray()),
            null,
        ]);

        var answers = await TlsProbe.FindVersionsAsync(new TestHost(), Next, null, All, TimeSpan.FromSeconds(30), default);

        Assert.Equal([TlsVersionSupport.NoAnswer, TlsVersionSupport.Unclear, TlsVersionSupport.NoAnswer, TlsVersionSupport.NotAsked], answers.Select(answer => answer.Support));
        Assert.Equal("alert fatal handshake_failure (40)", answers[1].Detail);

        ValueTask<ConnectResult> Next(CancellationToken cancellation)
            => ValueTask.FromResult<ConnectResult>(connections.Dequeue() is { } connection ? new ConnectResult.Connected(connection) : new ConnectResult.Reset());
    }

    [Fact]
    public async Task SilenceEndsInTime()
    {
        var time = new ManualTime();
        var connection = new ScriptedConnection(null) { OnSilence = () => time.Advance(TimeSpan.FromSeconds(3)) };

        var answers = await TlsProbe.FindVersionsAsync(new TestHost(time), _ => ValueTask.FromResult<ConnectResult>(new ConnectResult.Connected(connection)), null, [TlsVersion.Tls11], TimeSpan.FromSeconds(3), default);

        Assert.Equal("no answer in time", Assert.Single(answers).Detail);
    }

    private static Func<CancellationToken, ValueTask<ConnectResult>> Connector(int port)
        => async cancellation => new ConnectResult.Connected(await SocketConnection.OpenAsync(port, cancellation));
}
