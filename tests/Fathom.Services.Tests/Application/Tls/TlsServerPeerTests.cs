using System.Globalization;
using Fathom.Hosts.Os;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls;
using Fathom.Services.Application.Tls;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Services.Tests.Application.Tls;

/// <summary>The server as openssl s_client and curl see it.</summary>
public sealed class TlsServerPeerTests
{
    private static readonly OsHost Host = OsHost.Create();
    private static readonly LabAuthority Root = LabAuthority.CreateRoot(Host, "Root");

    [Theory]
    [InlineData("-tls1_3", "TLSv1.3", LabKeyType.EcdsaP256)]
    [InlineData("-tls1_2", "TLSv1.2", LabKeyType.EcdsaP256)]
    [InlineData("-tls1_3", "TLSv1.3", LabKeyType.Ed25519)]
    [InlineData("-tls1_2", "TLSv1.2", LabKeyType.Rsa2048)]
    [InlineData("-tls1_3 -groups secp384r1", "TLSv1.3", LabKeyType.EcdsaP384)]
    public async Task Openssl_is_satisfied(string options, string version, LabKeyType key)
    {
        var (result, outcome) = await MeetAsync(key, (port, root) => ["openssl", "s_client", "-connect", $"127.0.0.1:{port}", "-servername", "a.example", "-verify_hostname", "a.example", "-CAfile", root, "-alpn", "http/1.1", .. options.Split(' ')], input: "GET / HTTP/1.0\r\n\r\n");
        Assert.Contains("Verify return code: 0 (ok)", result.Output, StringComparison.Ordinal);
        Assert.Contains($"New, {version}", result.Output, StringComparison.Ordinal);
        Assert.Contains("ALPN protocol: http/1.1", result.Output, StringComparison.Ordinal);
        Assert.Equal("a.example", Assert.IsType<TlsServerOutcome.Completed>(outcome).ServerName);
    }

    [Fact]
    public async Task Curl_gets_a_page()
    {
        var (result, outcome) = await MeetAsync(LabKeyType.EcdsaP256, (port, root) => ["curl", "-sS", "--cacert", root, "--resolve", $"a.example:{port}:127.0.0.1", $"https://a.example:{port}/"]);
        Assert.Equal((0, "hello"), (result.ExitCode, result.Output));
        Assert.IsType<TlsServerOutcome.Completed>(outcome);
    }

    [Fact]
    public async Task Curl_refuses_a_name_that_is_not_the_certificates()
    {
        var (result, _) = await MeetAsync(LabKeyType.EcdsaP256, (port, root) => ["curl", "-sS", "--cacert", root, "--resolve", $"b.example:{port}:127.0.0.1", $"https://b.example:{port}/"]);
        Assert.Equal(60, result.ExitCode);
    }

    [Fact]
    public async Task Openssl_that_does_not_know_the_root_says_so_by_an_alert()
    {
        var (_, outcome) = await MeetAsync(LabKeyType.EcdsaP256, (port, _) => ["openssl", "s_client", "-connect", $"127.0.0.1:{port}", "-verify_return_error", "-no-CAfile", "-no-CApath", "-tls1_2"]);
        Assert.Equal(TlsAlertDescription.UnknownCa, Assert.IsType<TlsServerOutcome.AlertReceived>(outcome).Alert.Description);
    }

    [Fact]
    public async Task Openssl_with_old_versions_only_is_refused()
    {
        var (_, outcome) = await MeetAsync(LabKeyType.EcdsaP256, (port, _) => ["openssl", "s_client", "-connect", $"127.0.0.1:{port}", "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"]);
        Assert.Equal(TlsAlertDescription.ProtocolVersion, Assert.IsType<TlsServerOutcome.Refused>(outcome).AlertSent?.Description);
    }

    private static async Task<(CommandResult Result, TlsServerOutcome Outcome)> MeetAsync(LabKeyType key, Func<string, string, string[]> command, string? input = null)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl") && File.Exists("/usr/bin/curl"), "openssl or curl is not here.");
        var identity = Root.CreateIntermediate("Intermediate").Issue(["a.example"], new LabCertificateOptions { Key = key });
        var answer = await Host.ListenAsync(new ListenOptions(new IpEndpoint(IpAddress.LoopbackV4, 0)), default);
        Assert.True(answer.TryGet(out var listener, out _));
        await using var listening = listener;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Root.ToPem());
            var serving = ServeAsync(listener, new TlsServerOptions([identity], TimeSpan.FromSeconds(30)) { ApplicationProtocols = ["http/1.1"] });
            var result = await Shell.RunAsync(command(listener.Local.Port.ToString(CultureInfo.InvariantCulture), file), input, limit: TimeSpan.FromSeconds(60));
            return (result, await serving);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<TlsServerOutcome> ServeAsync(IStreamListener listener, TlsServerOptions options)
    {
        await using var connection = await listener.AcceptAsync(default);
        var outcome = await TlsServer.AcceptAsync(Host, connection, options, default);
        if (outcome is not TlsServerOutcome.Completed { Session: var session }) return outcome;
        if ((await session.ReadAsync(new byte[4096], default)).Status == TlsStreamStatus.Ok)
            await session.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"u8.ToArray(), default);
        await session.CloseAsync(default);
        await session.DisposeAsync();
        return outcome;
    }
}
