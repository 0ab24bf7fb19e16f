using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fathom.Wire.Application.Tls;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Application.Tls;

/// <summary>What OpenSSL's client and server really send, version by version.</summary>
public sealed class OpensslPeerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("-tls1", 0x0301)]
    [InlineData("-tls1_1", 0x0302)]
    [InlineData("-tls1_2", 0x0303)]
    [InlineData("-tls1_3", 0x0304)]
    public async Task A_client_hello_is_read(string option, int version)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = Start(
            "s_client", "-connect", ((IPEndPoint)listener.LocalEndpoint).ToString(), option, "-servername", "peer.example", "-alpn", "h2,http/1.1", "-cipher", "ALL:@SECLEVEL=0");
        try
        {
            using var accepted = await listener.AcceptTcpClientAsync(Cancellation());
            var bytes = await ReadRecordsAsync(accepted.GetStream(), static seen => seen > 0);
            var layer = Dissect(bytes);
            Assert.Contains(layer.Fields, f => f is { Name: "serverName", Text: "peer.example" });
            Assert.Contains(layer.Fields, f => f is { Name: "alpn", Text: "h2, http/1.1" });
            Assert.Equal("TLS client_hello for peer.example", layer.Summary);
            var offered = layer.Fields.Find("supportedVersions")?.Text;
            if (version == 0x0304) Assert.Equal("TLS 1.3", offered);
            else Assert.Equal((ulong)version, layer.Fields.Single(static f => f.Name == "legacyVersion").Number);
        }
        finally
        {
            client.Kill();
        }
    }

    [Theory]
    [InlineData(TlsVersion.Tls10, "server_hello TLS 1.0 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "certificate", "server_key_exchange", "server_hello_done")]
    [InlineData(TlsVersion.Tls11, "server_hello TLS 1.1 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "certificate", "server_key_exchange", "server_hello_done")]
    [InlineData(TlsVersion.Tls12, "server_hello TLS 1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "certificate", "server_key_exchange", "server_hello_done")]
    [InlineData(TlsVersion.Tls13, "server_hello TLS 1.3 TLS_AES_128_GCM_SHA256", "change_cipher_spec", "application_data")]
    public async Task A_servers_first_flight_is_read(TlsVersion version, params string[] expected)
    {
        var layer = await AskServerAsync(Hello(version, TlsNamedGroups.X25519), seen => version == TlsVersion.Tls13 ? seen >= 3 : seen >= 4);
        for (var i = 0; i < expected.Length; i++) Assert.Contains(expected[i], layer.Summary, StringComparison.Ordinal);
        if (version == TlsVersion.Tls13) return;
        Assert.StartsWith("CN=peer.example, O=Test, issued by itself, valid ", layer.Fields.Single(static f => f.Name == "certificate").Text, StringComparison.Ordinal);
        Assert.EndsWith("for peer.example, *.peer.example, 192.0.2.1", layer.Fields.Single(static f => f.Name == "certificate").Text, StringComparison.Ordinal);
        Assert.Equal("x25519", layer.Fields.Single(static f => f.Name == "namedGroup").Text);
        Assert.Equal(version == TlsVersion.Tls12, layer.Fields.Any(static f => f is { Name: "signatureScheme", Text: "ecdsa_secp256r1_sha256" }));
    }

    [Fact]
    public async Task A_hello_retry_request_is_told_from_a_server_hello()
    {
        // The share is of a group that the server has not; the one that it wants is offered.
        var layer = await AskServerAsync(Hello(TlsVersion.Tls13, TlsNamedGroups.Ffdhe2048), static seen => seen >= 1);
        Assert.StartsWith("TLS hello_retry_request TLS 1.3 TLS_AES_128_GCM_SHA256", layer.Summary, StringComparison.Ordinal);
        Assert.Equal("x25519", layer.Fields.Single(static f => f.Name == "keyShare").Text);
    }

    [Fact]
    public async Task A_refusal_is_an_alert()
    {
        var hello = Hello(TlsVersion.Tls12, TlsNamedGroups.X25519) with { CipherSuites = [0x0001] };
        Assert.Equal("TLS alert fatal handshake_failure (40)", (await AskServerAsync(hello, static seen => seen >= 1)).Summary);
    }

    private static TlsClientHelloHeader Hello(TlsVersion version, ushort share) => new()
    {
        Random = new byte[32],
        LegacyVersion = version < TlsVersion.Tls12 ? version : TlsVersion.Tls12,
        CipherSuites = version == TlsVersion.Tls13 ? [0x1301] : [0xC02B, 0xC009],
        Groups = [share, TlsNamedGroups.X25519, TlsNamedGroups.Secp256R1],
        PointFormats = [0],
        SignatureSchemes = version < TlsVersion.Tls12 ? [] : [0x0403],
        SupportedVersions = version == TlsVersion.Tls13 ? [version] : [],
        KeyShares = version == TlsVersion.Tls13 ? [(share, share == TlsNamedGroups.X25519 ? Point() : new byte[256])] : [],
    };

    // The base point of Curve25519 (RFC 7748 §4.1): any public key will do.
    private static byte[] Point() => [9, .. new byte[31]];

    private static async Task<DissectedLayer> AskServerAsync(TlsClientHelloHeader hello, Func<int, bool> isEnough)
    {
        var folder = Directory.CreateTempSubdirectory("fathom-tls-");
        try
        {
            var (key, certificate) = (Path.Combine(folder.FullName, "key"), Path.Combine(folder.FullName, "cert"));
            using (var make = Start(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=peer.example/O=Test",
                "-addext", "subjectAltName=DNS:peer.example,DNS:*.peer.example,IP:192.0.2.1"))
            {
                await make.WaitForExitAsync(Cancellation());
            }

            using var server = Start("s_server", "-accept", "127.0.0.1:0", "-key", key, "-cert", certificate, "-cipher", "ALL:@SECLEVEL=0", "-groups", "X25519:P-256");
            try
            {
                string? line;
                do line = await server.StandardOutput.ReadLineAsync(Cancellation()) ?? throw new InvalidOperationException(await server.StandardError.ReadToEndAsync(Cancellation()));
                while (!line.StartsWith("ACCEPT ", StringComparison.Ordinal));
                var port = int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, Cancellation());
                await client.GetStream().WriteAsync(hello.ToBytes(), Cancellation());
                return Dissect(await ReadRecordsAsync(client.GetStream(), isEnough));
            }
            finally
            {
                server.Kill();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<byte[]> ReadRecordsAsync(NetworkStream stream, Func<int, bool> isEnough)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, Cancellation());
            bytes.AddRange(buffer.AsSpan(0, count));
            if (count == 0 || isEnough(WholeRecords([.. bytes]))) return [.. bytes];
        }
    }

    private static int WholeRecords(byte[] bytes)
    {
        var (records, at) = (0, 0);
        for (; TlsRecord.TryRead(bytes.AsSpan(at), out var record, out _); at += record.Bytes.Length) records++;
        return records;
    }

    private static DissectedLayer Dissect(byte[] payload)
    {
        var segment = Samples.Build(new TcpHeader { SourcePort = 4433, DestinationPort = 40000, Flags = TcpFlags.Ack, Window = 500 }, payload);
        var dissection = Dissector.Dissect(LinkType.RawIp, Samples.Ipv4(IpProtocol.Tcp, segment));
        Assert.Null(dissection.Fault);
        return dissection.Layers.Single(static l => l.Protocol == "tls");
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("openssl is not installed.");
            throw;
        }
    }

    // Bound for everything that waits for the other process.
    private static CancellationToken Cancellation()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Patience);
        return source.Token;
    }
}
