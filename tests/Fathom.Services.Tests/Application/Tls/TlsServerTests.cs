using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls;
using Fathom.Services.Application.Tls;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Tests.Application.Tls;

/// <summary>The server against another's client: .NET's SslStream, which is OpenSSL.</summary>
public sealed class TlsServerTests
{
    private static readonly OsHost Host = OsHost.Create();
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly LabAuthority Root = LabAuthority.CreateRoot(Host, "Root");

    [Theory]
    [InlineData(SslProtocols.Tls13, LabKeyType.EcdsaP256, TlsVersion.Tls13)]
    [InlineData(SslProtocols.Tls12, LabKeyType.EcdsaP256, TlsVersion.Tls12)]
    [InlineData(SslProtocols.Tls13, LabKeyType.Rsa2048, TlsVersion.Tls13)]
    [InlineData(SslProtocols.Tls12, LabKeyType.Rsa2048, TlsVersion.Tls12)]
    public async Task A_client_is_served(SslProtocols protocols, LabKeyType key, TlsVersion version)
    {
        var identity = Root.CreateIntermediate("Intermediate").Issue(["a.example"], new LabCertificateOptions { Key = key });
        await using var listener = await ListenAsync();
        var serving = ServeAsync(listener, new TlsServerOptions([identity], Limit) { ApplicationProtocols = ["h2", "http/1.1"] });
        using var socket = await ConnectAsync(listener);
        await using var client = new SslStream(new NetworkStream(socket, ownsSocket: true));
        using var anchor = X509CertificateLoader.LoadCertificate(Root.Certificate.Der.Span);
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(anchor);
        await client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "a.example", EnabledSslProtocols = protocols, ApplicationProtocols = [SslApplicationProtocol.Http11], CertificateChainPolicy = trust });
        await client.WriteAsync("hello"u8.ToArray());
        var buffer = new byte[64];
        var count = await client.ReadAsync(buffer);
        Assert.Equal("HELLO", Encoding.ASCII.GetString(buffer, 0, count));
        Assert.Equal(0, await client.ReadAsync(buffer)); // close_notify
        var completed = Assert.IsType<TlsServerOutcome.Completed>(await serving);
        Assert.Equal((version, "a.example", "http/1.1"), (completed.Session.Version, completed.ServerName, completed.Session.ApplicationProtocol));
        Assert.Contains(completed.Messages, static m => m is { Name: "client_hello", Direction: TlsDirection.Received, IsEncrypted: false });
    }

    [Fact]
    public async Task The_name_chooses_the_certificate()
    {
        TlsServerIdentity[] identities = [Root.Issue(["first.example"]), Root.Issue(["*.second.example"])];
        foreach (var (name, expected) in new[] { ("www.second.example", 1), ("first.example", 0), ("unknown.example", 0) })
        {
            var (client, _) = await MeetAsync(new TlsServerOptions(identities, Limit), name);
            var completed = Assert.IsType<TlsOutcome.Completed>(client);
            Assert.Equal(identities[expected].Certificate.Sha256Fingerprint, completed.PeerChain[0].Sha256Fingerprint);
        }
    }

    [Fact]
    public async Task An_unknown_name_can_be_refused()
    {
        var (client, server) = await MeetAsync(new TlsServerOptions([Root.Issue(["a.example"])], Limit) { RefuseUnknownNames = true }, "b.example");
        Assert.Equal(TlsAlertDescription.UnrecognizedName, Assert.IsType<TlsOutcome.AlertReceived>(client).Alert.Description);
        Assert.Equal(TlsAlertDescription.UnrecognizedName, Assert.IsType<TlsServerOutcome.Refused>(server).AlertSent?.Description);
        Assert.Equal("b.example", server.ServerName);
    }

    [Fact]
    public async Task No_protocol_in_common_is_refused()
    {
        var (client, _) = await MeetAsync(new TlsServerOptions([Root.Issue(["a.example"])], Limit) { ApplicationProtocols = ["h2"] }, "a.example");
        Assert.Equal(TlsAlertDescription.NoApplicationProtocol, Assert.IsType<TlsOutcome.AlertReceived>(client).Alert.Description);
    }

    [Fact]
    public async Task No_version_in_common_is_refused()
    {
        var (client, _) = await MeetAsync(new TlsServerOptions([Root.Issue(["a.example"])], Limit) { MinimumVersion = TlsVersion.Tls13 }, "a.example", new TlsProbeOptions("a.example", Limit) { MaximumVersion = TlsVersion.Tls12 });
        Assert.Equal(TlsAlertDescription.ProtocolVersion, Assert.IsType<TlsOutcome.AlertReceived>(client).Alert.Description);
    }

    [Theory]
    [InlineData(TlsVersion.Tls12)]
    [InlineData(TlsVersion.Tls13)]
    public async Task A_client_certificate_is_asked_for(TlsVersion version)
    {
        var (client, _) = await MeetAsync(new TlsServerOptions([Root.Issue(["a.example"])], Limit) { RequestClientCertificate = true }, "a.example", new TlsProbeOptions("a.example", Limit) { MinimumVersion = version, MaximumVersion = version });
        Assert.NotNull(Assert.IsType<TlsOutcome.Completed>(client).CertificateRequest);
    }

    [Fact]
    public async Task A_client_that_speaks_http_is_told_apart()
    {
        await using var listener = await ListenAsync();
        var serving = ServeAsync(listener, new TlsServerOptions([Root.Issue(["a.example"])], Limit));
        using var socket = await ConnectAsync(listener);
        await socket.SendAsync("GET / HTTP/1.1\r\n"u8.ToArray());
        var outcome = Assert.IsType<TlsServerOutcome.NotTls>(await serving);
        Assert.StartsWith("GET / HTTP", Encoding.ASCII.GetString(outcome.FirstBytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_says_nothing_does_not_hold_the_server()
    {
        await using var listener = await ListenAsync();
        var serving = ServeAsync(listener, new TlsServerOptions([Root.Issue(["a.example"])], TimeSpan.FromMilliseconds(50)));
        using var socket = await ConnectAsync(listener);
        Assert.IsType<TlsServerOutcome.TimedOut>(await serving);
    }

    [Fact]
    public async Task A_client_that_leaves_is_no_error()
    {
        await using var listener = await ListenAsync();
        var serving = ServeAsync(listener, new TlsServerOptions([Root.Issue(["a.example"])], Limit));
        (await ConnectAsync(listener)).Dispose();
        Assert.IsType<TlsServerOutcome.PeerClosed>(await serving);
    }

    [Fact]
    public async Task Options_that_make_no_server_are_misuse()
    {
        await using var listener = await ListenAsync();
        using var socket = await ConnectAsync(listener);
        await using var connection = await listener.AcceptAsync(default);
        await Assert.ThrowsAsync<ArgumentException>(async () => await TlsServer.AcceptAsync(Host, connection, new TlsServerOptions([], Limit), default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await TlsServer.AcceptAsync(Host, connection, new TlsServerOptions([Root.Issue(["a"])], Limit) { MinimumVersion = TlsVersion.Tls10 }, default));
    }

    private static async Task<IStreamListener> ListenAsync()
    {
        var answer = await Host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.LoopbackV4, 0)), default);
        Assert.True(answer.TryGet(out var listener, out _));
        return listener;
    }

    private static async Task<Socket> ConnectAsync(IStreamListener listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, listener.Local.Port);
        return socket;
    }

    // Answers one client in capitals, then says goodbye.
    private static async Task<TlsServerOutcome> ServeAsync(IStreamListener listener, TlsServerOptions options)
    {
        await using var connection = await listener.AcceptAsync(default);
        var outcome = await TlsServer.AcceptAsync(Host, connection, options, default);
        if (outcome is not TlsServerOutcome.Completed { Session: var session }) return outcome;
        var buffer = new byte[64];
        if (await session.ReadAsync(buffer, default) is { Status: TlsStreamStatus.Ok, Count: var count })
            await session.WriteAsync(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(buffer, 0, count).ToUpperInvariant()), default);
        await session.CloseAsync(default);
        await session.DisposeAsync();
        return outcome;
    }

    private static async Task<(TlsOutcome Client, TlsServerOutcome Server)> MeetAsync(TlsServerOptions options, string name, TlsProbeOptions? probe = null)
    {
        await using var listener = await ListenAsync();
        var serving = ServeAsync(listener, options);
        var connected = Assert.IsType<ConnectResult.Connected>(await Host.ConnectAsync(listener.Local, new ConnectOptions(Limit), default));
        await using var connection = connected.Connection;
        var outcome = await TlsProbe.RunAsync(Host, connection, probe ?? new TlsProbeOptions(name, Limit), default);
        if (outcome is TlsOutcome.Completed completed) await completed.Session.CloseAsync(default);
        return (outcome, await serving);
    }
}
