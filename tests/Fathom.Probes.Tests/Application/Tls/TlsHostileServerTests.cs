using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Application.Tls.Certificates;
using Fathom.Probes.Application.Tls.Handshake;
using Fathom.Probes.Tests.Application.Tls.Support;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>A recorded server flight, damaged in every place: no exception, no endless loop.</summary>
public sealed class TlsHostileServerTests
{
    private static readonly TlsProbeOptions Options = new("server.example", TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task DamagedFlights(string version)
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.Leaf("server.example");
        var flight = await RecordFirstFlightAsync(leaf, version);
        var whole = await ReplayAsync(flight);
        Assert.True(whole.Progress >= TlsProgress.CertificateReceived, whole.ToString());

        var minorVersions = new HashSet<int>();
        for (var record = 0; record < flight.Length; record += 5 + ((flight[record + 3] << 8) | flight[record + 4])) minorVersions.Add(record + 2);

        // Every octet of the hello and the record headers, then samples.
        for (var at = 0; at < flight.Length; at += at < 200 ? 1 : 5)
        {
            var damaged = (byte[])flight.Clone();
            damaged[at] ^= (byte)(1 << (at % 8));
            var outcome = await ReplayAsync(damaged);
            // RFC 8446 §5.1: the legacy version of a record MUST be ignored; no one vouches for it in the clear.
            Assert.True(outcome is not TlsOutcome.Completed || minorVersions.Contains(at), $"octet {at}: {outcome}");
        }

        for (var length = 0; length < flight.Length; length += 13)
        {
            Assert.IsType<TlsOutcome.PeerClosed>(await ReplayAsync(flight[..length]));
        }
    }

    [Theory]
    [InlineData("RSA+SHA256")]
    [InlineData("RSA-PSS+SHA384")]
    public async Task ForgedServerKeyExchangeIsRefused(string algorithm)
    {
        using var root = TestAuthority.Root("CN=Test Root");
        using var leaf = root.RsaLeaf("server.example", 2048);
        var flight = await RecordFirstFlightAsync(leaf, "-tls1_2", "-cipher", "ECDHE", "-sigalgs", algorithm);
        const int serverHelloDone = 9; // its record, the last of the flight
        var forged = (byte[])flight.Clone();
        forged[^(serverHelloDone + 20)] ^= 1;

        Assert.Equal(TlsProgress.ClientFinishedSent, (await ReplayAsync(flight)).Progress);
        Assert.Equal(TlsAlertDescription.DecryptError, Assert.IsType<TlsOutcome.Malformed>(await ReplayAsync(forged)).AlertSent?.Description);
    }

    [Theory]
    [InlineData("SHA256", 0x0804)]
    [InlineData("SHA512", 0x0806)]
    public void ForgedCertificateVerifyIsRefused(string hash, int scheme)
    {
        using var key = RSA.Create(2048);
        var fields = PublicKeyFields.Read(new AsnReader(key.ExportSubjectPublicKeyInfo(), AsnEncodingRules.DER).ReadSequence());
        var signature = key.SignData("transcript"u8.ToArray(), new HashAlgorithmName(hash), RSASignaturePadding.Pss);

        Assert.True(Verify("transcript"u8, signature));
        Assert.False(Verify("other"u8, signature));
        signature[7] ^= 1;
        Assert.False(Verify("transcript"u8, signature));

        bool Verify(ReadOnlySpan<byte> data, byte[] by)
        {
            var verifier = new RsaTls13Verifier(new HostTlsCrypto(new TestRandom()), fields, scheme);
            verifier.Stream.Write(data);
            return verifier.VerifySignature(by);
        }
    }

    // The same seed gives the same ClientHello, so that a recorded answer fits it.
    private static async Task<TlsOutcome> ReplayAsync(byte[] flight)
        => await TlsProbe.RunAsync(new TestHost(seed: 5), new ScriptedConnection(StreamStatus.End, flight), Options, default);

    private static async Task<byte[]> RecordFirstFlightAsync(X509Certificate2 leaf, params string[] arguments)
    {
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], arguments);
        await using var connection = await SocketConnection.OpenAsync(server.Port);
        var hello = new ScriptedConnection(StreamStatus.End);
        await TlsProbe.RunAsync(new TestHost(seed: 5), hello, Options, default);
        await connection.WriteAsync(hello.Written[0], default);
        var flight = new List<byte>();
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // s_server sends its flight at once; one more read would wait for ever.
        do
        {
            var read = await connection.ReadAsync(buffer, patience.Token);
            flight.AddRange(buffer.AsSpan(0, read.Count));
        }
        while (flight.Count < 500);
        return [.. flight];
    }
}
