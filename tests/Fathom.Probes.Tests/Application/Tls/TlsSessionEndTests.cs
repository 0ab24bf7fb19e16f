using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Tests.Application.Tls.Support;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>How sessions end: every way has its own status. The peer is the BCL's SslStream, or OpenSSL.</summary>
public sealed class TlsSessionEndTests
{
    private static readonly TlsProbeOptions Options = new("server.example", TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData("20", TlsStreamStatus.Ok)]
    [InlineData("100", TlsStreamStatus.Failed)]
    public async Task RecordsWithoutDataEndAtALimit(string tickets, TlsStreamStatus expected)
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_3", "-num_tickets", tickets, "-www");
        await using var connection = await SocketConnection.OpenAsync(server.Port);
        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, Options, default);
        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;

        // Nothing is asked for where the limit is to be met: an answer may come together with the last records, and what comes at once is looked at once.
        if (expected == TlsStreamStatus.Ok) await session.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), default);
        var read = await session.ReadAsync(new byte[10], default);

        Assert.Equal(expected, read.Status);
        if (expected == TlsStreamStatus.Failed) Assert.Contains("64 records", read.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task CloseNotifyEndsTheData(SslProtocols version)
    {
        await using var peer = await SslPeer.StartAsync(version, async (stream, _) =>
        {
            await stream.WriteAsync("bye"u8.ToArray());
            await stream.ShutdownAsync();
        });
        await using var session = await HandshakeAsync(peer);

        var (text, last) = await TlsProbeServerTests.ReadToEndAsync(session);

        Assert.Equal("bye", text);
        Assert.Equal(TlsStreamStatus.End, last.Status);
        Assert.True(session.CloseNotifyReceived);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task FinWithoutCloseNotifyIsToldApart(SslProtocols version)
    {
        await using var peer = await SslPeer.StartAsync(version, async (stream, socket) =>
        {
            await stream.WriteAsync("cut"u8.ToArray());
            socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        });
        await using var session = await HandshakeAsync(peer);

        var (text, last) = await TlsProbeServerTests.ReadToEndAsync(session);

        Assert.Equal("cut", text);
        Assert.Equal(TlsStreamStatus.EndWithoutCloseNotify, last.Status);
        Assert.False(session.CloseNotifyReceived);
    }

    [Fact]
    public async Task ResetIsToldApart()
    {
        await using var peer = await SslPeer.StartAsync(SslProtocols.Tls13, async (stream, socket) =>
        {
            _ = await stream.ReadAsync(new byte[1]);
            socket.Close(0);
        });
        await using var session = await HandshakeAsync(peer);

        await session.WriteAsync("x"u8.ToArray(), default);
        var read = await session.ReadAsync(new byte[10], default);

        Assert.Equal(TlsStreamStatus.Reset, read.Status);
    }

    [Fact]
    public async Task AfterCloseThePeersCloseNotifyIsRead()
    {
        await using var peer = await SslPeer.StartAsync(SslProtocols.Tls13, async (stream, _) =>
        {
            Assert.Equal(0, await stream.ReadAsync(new byte[1])); // the client's close_notify
            await stream.WriteAsync("last words"u8.ToArray());
            await stream.ShutdownAsync();
        });
        await using var session = await HandshakeAsync(peer);

        await session.CloseAsync(default);
        var (text, last) = await TlsProbeServerTests.ReadToEndAsync(session);

        Assert.Equal("last words", text);
        Assert.Equal(TlsStreamStatus.End, last.Status);
        Assert.True(session is { CloseNotifySent: true, CloseNotifyReceived: true });
    }

    [Fact]
    public async Task CloseBehindTheFinishedIsACompletedHandshake()
    {
        await using var peer = await SslPeer.StartAsync(SslProtocols.Tls12, async (stream, socket) =>
        {
            await stream.WriteAsync("quick"u8.ToArray());
            await stream.ShutdownAsync();
            socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        });
        await using var connection = new GatheringConnection(await SocketConnection.OpenAsync(peer.Port), afterWrites: 2);

        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, Options, default);

        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;
        var (text, last) = await TlsProbeServerTests.ReadToEndAsync(session);
        Assert.Equal("quick", text);
        Assert.Equal(TlsStreamStatus.End, last.Status);
    }

    [Fact]
    public async Task MuchDataBothWaysAtOnce()
    {
        var pattern = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();
        await using var peer = await SslPeer.StartAsync(SslProtocols.Tls13, async (stream, _) =>
        {
            var sending = stream.WriteAsync(pattern);
            var received = new byte[pattern.Length];
            await stream.ReadExactlyAsync(received);
            Assert.Equal(pattern, received);
            await sending;
            await stream.ShutdownAsync();
        });
        await using var session = await HandshakeAsync(peer);

        var writing = session.WriteAsync(pattern, default).AsTask();
        var all = new MemoryStream();
        var buffer = new byte[1000];
        TlsStreamResult read;
        while ((read = await session.ReadAsync(buffer, default)).Status == TlsStreamStatus.Ok) all.Write(buffer, 0, read.Count);

        Assert.Equal(new TlsStreamResult(TlsStreamStatus.Ok, pattern.Length), await writing);
        Assert.Equal(pattern, all.ToArray());
        Assert.Equal(TlsStreamStatus.End, read.Status);
        await peer.Finished;
    }

    [Fact]
    public async Task TornRecordIsAFailureWithDetail()
    {
        await using var peer = await SslPeer.StartAsync(SslProtocols.Tls13, async (stream, socket) =>
        {
            await stream.WriteAsync("ok"u8.ToArray());
            socket.Send(Encoding.ASCII.GetBytes("HTTP/1.1 500 plain text\r\n\r\n"));
            socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        });
        await using var session = await HandshakeAsync(peer);

        var (_, last) = await TlsProbeServerTests.ReadToEndAsync(session);

        Assert.Equal(TlsStreamStatus.Failed, last.Status);
        Assert.Contains("content type 72", last.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForgedRecordIsAFailure()
    {
        await using var peer = await SslPeer.StartAsync(SslProtocols.Tls13, (_, socket) =>
        {
            socket.Send([23, 3, 3, 0, 32, .. new byte[32]]);
            socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            return Task.CompletedTask;
        });
        await using var session = await HandshakeAsync(peer);

        var read = await session.ReadAsync(new byte[10], default);

        Assert.Equal(TlsStreamStatus.Failed, read.Status);
        Assert.Contains(session.Messages, message => message.Name == "alert fatal bad_record_mac (20)" && message.Direction == TlsDirection.Sent);
    }

    [Fact]
    public async Task RenegotiationIsRefused()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_2");
        await using var connection = await SocketConnection.OpenAsync(server.Port);
        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, Options, default);
        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;

        await server.SayAsync("r\n"); // s_server: ask for renegotiation
        var read = await session.ReadAsync(new byte[10], default);

        Assert.NotEqual(TlsStreamStatus.Ok, read.Status);
        Assert.Contains(session.Messages, message => message.Name == "hello_request");
        Assert.Contains(session.Messages, message => message.Name == "alert warning no_renegotiation (100)" && message.Direction == TlsDirection.Sent);
    }

    [Fact]
    public async Task KeyUpdateIsFollowed()
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], "-tls1_3");
        await using var connection = await SocketConnection.OpenAsync(server.Port);
        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, Options, default);
        await using var session = Assert.IsType<TlsOutcome.Completed>(outcome).Session;

        await server.SayAsync("K\n"); // s_server: key update, and ask for one
        await server.WaitForAsync("SSL_do_handshake"); // else it takes what follows as part of the command
        await server.SayAsync("hello\n");
        var buffer = new byte[100];
        var read = await session.ReadAsync(buffer, default);
        var written = await session.WriteAsync("hi\n"u8.ToArray(), default);

        Assert.Equal("hello\n", Encoding.ASCII.GetString(buffer, 0, read.Count));
        Assert.Equal(TlsStreamStatus.Ok, written.Status);
        Assert.Equal(1, session.Messages.Count(message => message is { Name: "key_update", Direction: TlsDirection.Received }));
        Assert.Equal(1, session.Messages.Count(message => message is { Name: "key_update", Direction: TlsDirection.Sent }));
    }

    private static async Task<TlsSession> HandshakeAsync(SslPeer peer)
    {
        var connection = await SocketConnection.OpenAsync(peer.Port);
        peer.Owns(connection);
        var outcome = await TlsProbe.RunAsync(new TestHost(), connection, Options, default);
        return Assert.IsType<TlsOutcome.Completed>(outcome).Session;
    }
}
