using System.Globalization;
using System.Text.Json;

namespace Fathom.EndToEnd.Commands.Layers;

/// <summary>dissect says of real packets what tshark says; explain says of numbers what the system's lists say.</summary>
public sealed class DissectTests
{
    // Real traffic of this namespace: an HTTP exchange, a datagram to a closed port and its ICMP error, and pings of both versions.
    private const string Traffic = """
        cd "$(mktemp -d)"
        tcpdump -Z root --immediate-mode -i lo -U -w real.pcap 2> dumping & dump=$!
        until_true grep -q listening dumping
        /usr/bin/python3 -m http.server 8080 >/dev/null 2>&1 & until_listening 8080
        curl -s http://127.0.0.1:8080/ >/dev/null
        echo x | nc -u -w 1 127.0.0.1 9999
        ping -c 1 -q 127.0.0.1 >/dev/null; ping -c 1 -q ::1 >/dev/null
        has_all() { tcpdump -nr real.pcap 'icmp6 and ip6[40] == 129' | grep -q .; }
        until_true has_all
        kill $dump; wait $dump 2>/dev/null

        """;

    [Fact]
    public async Task Fields_of_real_packets_are_tsharks()
    {
        Skip();
        var result = await Sandbox.RunAsync(Traffic + """
            tshark -n -r real.pcap -T fields -E separator=/s -e frame.number -e frame.len -e ip.ttl -e ip.id -e tcp.srcport -e tcp.seq_raw -e tcp.window_size_value -e udp.length -e icmp.type -e icmpv6.type -E occurrence=f -E separator=';' 2>/dev/null
            echo ====
            fathom dissect real.pcap --output ndjson
            """);
        var parts = result.Output.Split("====\n");
        var expected = parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var packets = parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.True(expected.Length > 10 && expected.Length == packets.Length, result.ToString());
        (string Layer, string Field)[] fields =
            [("ipv4", "timeToLive"), ("ipv4", "identification"), ("tcp", "sourcePort"), ("tcp", "sequenceNumber"), ("tcp", "window"), ("udp", "length"), ("icmp", "type"), ("icmpv6", "type")];
        for (var i = 0; i < packets.Length; i++)
        {
            var words = expected[i].Split(';');
            Assert.Equal(words[0], Number(packets[i], "number"));
            Assert.Equal(words[1], Number(packets[i], "length"));
            for (var f = 0; f < fields.Length; f++)
            {
                if (words[f + 2].Length == 0) continue;
                var number = words[f + 2].StartsWith("0x", StringComparison.Ordinal) ? Convert.ToUInt64(words[f + 2], 16) : ulong.Parse(words[f + 2], CultureInfo.InvariantCulture);
                Assert.Equal((i + 1, fields[f], number), (i + 1, fields[f], Field(packets[i], fields[f])));
            }
        }

        Assert.Contains(packets, static p => p.GetProperty("layers").EnumerateArray().Any(static l => l.GetProperty("protocol").GetString() == "http"));
    }

    [Fact]
    public async Task A_file_from_a_pipe_a_hex_dump_and_octets_are_the_same_packets()
    {
        Skip();
        var result = await Sandbox.RunAsync("""
            cd "$(mktemp -d)"
            fathom packetize hello --write p.pcapng > /dev/null
            fathom dissect p.pcapng --packet 1 | grep 'octets 34–41'
            fathom dissect - --packet 1 < p.pcapng | grep 'octets 34–41'
            tshark -n -r p.pcapng -x 2>/dev/null | fathom dissect - | grep 'octets 34–41'
            tcpdump -Z root -nr p.pcapng -x 2>/dev/null | fathom dissect - | grep 'octets 20–27'
            fathom dissect "$(tshark -n -r p.pcapng -x 2>/dev/null)" | grep 'octets 34–41'
            """);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 5, result.ToString());
        Assert.All(lines, static l => Assert.EndsWith("UDP 192.0.2.1:50000 → 192.0.2.2:60000 len=5", l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_file_is_read_up_to_the_damage()
    {
        Skip();
        var result = await Sandbox.RunAsync(Traffic + "size=$(stat -c %s real.pcap); head -c $((size - 5)) real.pcap > cut.pcap; fathom dissect real.pcap | wc -l; fathom dissect cut.pcap > list; echo $?; wc -l < list");
        var lines = result.Output.Split('\n');
        Assert.Equal("1", lines[1]);
        Assert.Equal(int.Parse(lines[0], CultureInfo.InvariantCulture) - 1, int.Parse(lines[2], CultureInfo.InvariantCulture));
        Assert.Contains("at offset", result.Error, StringComparison.Ordinal);
    }

    [Theory] // The system's own lists (getent) are the peer.
    [InlineData("port 22", "getent services 22/tcp | cut -d' ' -f1")]
    [InlineData("port 443", "getent services 443/tcp | cut -d' ' -f1")]
    [InlineData("port 123", "getent services 123/udp | cut -d' ' -f1")]
    [InlineData("protocol 47", "getent protocols 47 | cut -d' ' -f1")]
    [InlineData("protocol 6", "getent protocols 6 | cut -d' ' -f1")]
    public async Task Numbers_have_the_systems_names(string term, string peer)
    {
        Skip();
        var result = await Sandbox.RunAsync($"{peer}\nfathom explain {term} | head -1");
        var lines = result.Output.Split('\n');
        Assert.True(lines[0].Length > 0, result.ToString());
        Assert.Equal(lines[0], lines[1].Split(": ")[1], ignoreCase: true);
    }

    [Fact]
    public async Task An_unknown_term_is_status_1_with_what_is_close()
    {
        Skip();
        var result = await Sandbox.RunAsync("fathom explain etherne; echo $?; fathom explain 'x\u001b[31m'; echo $?");
        Assert.Equal(["1", "1"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Ethernet", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    private static string Number(JsonElement packet, string name) => packet.GetProperty(name).GetInt64().ToString(CultureInfo.InvariantCulture);

    private static ulong? Field(JsonElement packet, (string Layer, string Field) wanted)
    {
        var layer = packet.GetProperty("layers").EnumerateArray().First(l => l.GetProperty("protocol").GetString() == wanted.Layer);
        return layer.GetProperty("fields").EnumerateArray().First(f => f.GetProperty("name").GetString() == wanted.Field).GetProperty("value").GetUInt64();
    }

    private static void Skip()
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
    }
}
