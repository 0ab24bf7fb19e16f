using System.Globalization;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection.Streams;

/// <summary>The handshakes of whole streams, put together from segments and records, are those that TShark puts together.</summary>
public sealed class TlsStreamPeerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("dhe1.pcapng")]
    [InlineData("dmgr.pcapng")]
    [InlineData("http2-data-reassembly.pcap")]
    [InlineData("rsa-p-lt-q.pcap")]
    [InlineData("rsasnakeoil2.pcap")]
    [InlineData("tls-fragmented-handshakes.pcap")]
    [InlineData("tls-renegotiation.pcap")]
    [InlineData("tls12-aes256gcm.pcap")]
    [InlineData("tls12-chacha20poly1305.pcap")]
    [InlineData("tls13-rfc8446.pcap")]
    public async Task Handshakes_are_those_that_tshark_puts_together(string capture)
    {
        var path = Path.Combine(ConformancePackets.Require(), "wireshark", capture);
        string[] fields = ["tcp.srcport", "tcp.dstport", "tls.handshake.type", "tls.handshake.ja3", "tls.handshake.ciphersuite"];
        var theirs = new SortedDictionary<(string, string), List<string>[]>();
        foreach (var (_, values) in (await Tshark.AskStreamsAsync(path, "tls.handshake", fields)).OrderBy(static a => a.Key))
            Add(theirs, (values[0], values[1]), values[2], values[3], values[4]);

        var ours = new SortedDictionary<(string, string), List<string>[]>();
        using var reader = new CaptureReader(File.OpenRead(path));
        var dissector = new CaptureDissector();
        for (var number = 1; reader.TryRead(out var packet); number++)
        {
            var dissection = dissector.Dissect(packet.Interface.LinkType, packet.Bytes, number, null);
            if (dissection.Layers.FirstOrDefault(static l => l.Protocol == "tcp") is not { } tcp) continue;
            var key = (Number(tcp, "sourcePort"), Number(tcp, "destinationPort"));
            foreach (var tls in dissection.Reassembled.SelectMany(static part => part.Layers).Concat(dissection.Layers).Where(static l => l.Protocol == "tls"))
                Add(ours, key, Join(tls, "handshakeType"), string.Join(',', tls.Fields.Where(static f => f.Name == "ja3").Select(static f => f.Text)), Join(tls, "cipherSuite"));
        }

        foreach (var (key, lists) in ours.Where(static o => o.Value.All(static list => list.Count == 0)).ToList()) ours.Remove(key);
        output.WriteLine($"{capture}: {theirs.Count} directions, {theirs.Sum(static t => t.Value[0].Count)} messages");
        Assert.Equal(theirs.Keys, ours.Keys);
        foreach (var (key, lists) in theirs)
        {
            for (var i = 0; i < lists.Length; i++) Assert.Equal(lists[i], ours[key][i]);
        }
    }

    private static void Add(SortedDictionary<(string, string), List<string>[]> to, (string, string) key, params string[] values)
    {
        if (!to.TryGetValue(key, out var lists)) to[key] = lists = [.. values.Select(static _ => new List<string>())];
        for (var i = 0; i < values.Length; i++) lists[i].AddRange(values[i].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Plain));
    }

    private static string Plain(string value)
        => value.StartsWith("0x", StringComparison.Ordinal) ? int.Parse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : value;

    private static string Number(DissectedLayer layer, string name) => layer.Fields.Single(f => f.Name == name).Number!.Value.ToString(CultureInfo.InvariantCulture);

    private static string Join(DissectedLayer layer, string name)
        => string.Join(',', layer.Fields.Where(f => f.Name == name).Select(static f => f.Number!.Value.ToString(CultureInfo.InvariantCulture)));
}
