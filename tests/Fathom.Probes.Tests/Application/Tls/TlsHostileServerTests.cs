using Fathom.Hosts.Transport;
using Fathom.Probes.Tests.Application.Tls.Support;

namespace Fathom.Probes.Tests.Application.Tls;

/// <summary>A recorded server flight, damaged in every place: no exception, no endless loop.</summary>
public sealed class TlsHostileServerTests
{
    private static readonly TlsProbeOptions Options = new("server.example", TimeSpan.FromSeconds(10));

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

        for (var at = 0; at < flight.Length; at += 2)
        {
            foreach (var change in new byte[] { 0x01, 0x80, 0xFF })
            {
                var damaged = (byte[])flight.Clone();
                damaged[at] ^= change;
                var outcome = await ReplayAsync(damaged);
                // RFC 8446 §5.1: the legacy version of a record MUST be ignored; no one vouches for it in the clear.
                Assert.True(outcome is not TlsOutcome.Completed || minorVersions.Contains(at), $"octet {at} changed by {change:x2}: {outcome}");
            }
        }

        for (var length = 0; length < flight.Length; length += 7)
        {
            Assert.IsType<TlsOutcome.PeerClosed>(await ReplayAsync(flight[..length]));
        }
    }

    // The same seed gives the same ClientHello, so that a recorded answer fits it.
    private static async Task<TlsOutcome> ReplayAsync(byte[] flight)
        => await TlsProbe.RunAsync(new TestHost(seed: 5), new ScriptedConnection(StreamStatus.End, flight), Options, default);

    private static async Task<byte[]> RecordFirstFlightAsync(System.Security.Cryptography.X509Certificates.X509Certificate2 leaf, string version)
    {
        await using var server = await ServerProcess.OpenSslAsync(leaf, [], version);
        await using var connection = await SocketConnection.OpenAsync(server.Port);
        var hello = new ScriptedConnection(StreamStatus.End);
        await TlsProbe.RunAsync(new TestHost(seed: 5), hello, Options, default);
        await connection.WriteAsync(hello.Written[0], default);
        var flight = new List<byte>();
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
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
