using Fathom.Wire.Capture;
using Fathom.Wire.Dissection.Filtering;

namespace Fathom.Wire.Tests.Dissection.Filtering;

/// <summary>Filters mean the packets that tcpdump, by libpcap, says they mean; and what is wrong is named.</summary>
public sealed class PacketFilterTests
{
    private static readonly string[] Expressions =
    [
        "ip", "ip6", "arp", "rarp", "tcp", "udp", "icmp", "icmp6", "sctp", "not tcp", "ip proto 17", "ip6 proto 58", "proto 6",
        "port 53", "tcp port 80", "udp src port 53", "dst port 443 or 80", "portrange 1-1023", "tcp portrange 2000-60000", "src and dst port 5353",
        "host 10.0.0.1", "src host 192.168.2.254", "dst net 192.168.0.0/16", "net 10", "net 192.168", "src 10.1.10.1 or dst 10.1.10.1",
        "ip host 192.0.2.1 and not icmp", "net 2001:db8::/32", "dst net ff02::/16", "net 192.168.1.0 mask 255.255.255.0",
        "ether broadcast", "multicast", "ip multicast", "ip6 multicast", "ether src 00:00:00:00:00:00 or ether dst ff:ff:ff:ff:ff:ff",
        "less 64", "greater 1000", "tcp and (port 80 or port 443) and greater 100", "not (arp or icmp) and not port 53", "tcp port 80 or 443",
        "udp or tcp and port 53", "!ip && !ip6", "port http or domain",
    ];

    [Fact]
    public async Task Packets_are_those_that_tcpdump_selects()
    {
        var root = ConformancePackets.Require();
        Assert.SkipUnless(File.Exists("/usr/bin/tcpdump"), "tcpdump is not installed.");
        var differences = new List<string>();
        var (compared, selected) = (0, 0);
        foreach (var path in Captures(root))
        {
            var packets = Read(path, out var linkType);
            if (packets.Count == 0) continue;
            // One process for all expressions: it prints the number of packets for each.
            var script = string.Join('\n', Expressions.Select(e => $"tcpdump -r '{path}' --count '{e}' 2>/dev/null || echo refused"));
            var output = (await Shell.RunAsync(["bash", "-c", script], limit: TimeSpan.FromMinutes(2))).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Expressions.Length, output.Length);
            for (var i = 0; i < Expressions.Length; i++)
            {
                if (output[i] == "refused") continue; // "ether" of a link without Ethernet
                Assert.True(PacketFilter.TryParse(Expressions[i], out var filter, out var reason), reason);
                var ours = packets.Count(p => filter.Matches(linkType, p.Bytes.Span, p.OriginalLength));
                compared++;
                selected += ours;
                if (!output[i].StartsWith($"{ours} packet", StringComparison.Ordinal)) differences.Add($"{Path.GetFileName(path)} '{Expressions[i]}': {ours}, tcpdump {output[i]}");
            }
        }

        Assert.True(differences.Count == 0 && compared > 500 && selected > 1000, $"{compared} compared, {selected} selected, {differences.Count} differences:\n{string.Join('\n', differences.Take(40))}");
    }

    [Theory]
    [InlineData("tcp port", "'port'")]
    [InlineData("port 70000", "'70000'")]
    [InlineData("host", "'host'")]
    [InlineData("host 300.1.1.1", "'300.1.1.1'")]
    [InlineData("host www.example.com", "names are not looked up")]
    [InlineData("tcp and", "missing at the end")]
    [InlineData("(tcp", "')'")]
    [InlineData("tcp udp", "'tcp host'")]
    [InlineData("net 10.0.0.1/8", "'10.0.0.1/8'")]
    [InlineData("net 10.0.0.0 mask 255.0.255.0", "ones stand together")]
    [InlineData("tcp host 10.0.0.1", "'tcp host'")]
    [InlineData("icmp port 5", "have ports")]
    [InlineData("ip6 host 10.0.0.1", "other IP version")]
    [InlineData("portrange 80", "two ports")]
    [InlineData("less many", "'less'")]
    [InlineData("ether", "'ether'")]
    [InlineData("frobnicate", "'frobnicate'")]
    public void What_is_wrong_is_named(string expression, string part)
    {
        Assert.False(PacketFilter.TryParse(expression, out _, out var reason));
        Assert.Contains(part, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        Assert.False(PacketFilter.TryParse(new string('(', 100_000) + "tcp" + new string(')', 100_000), out _, out var reason));
        Assert.Contains("more than", reason, StringComparison.Ordinal);
        Assert.False(PacketFilter.TryParse(new string('!', 1000) + "tcp", out _, out reason));
        Assert.Contains("nested deeper", reason, StringComparison.Ordinal);
    }

    // pcap-filter(7): "and" and "or" bind alike, from left to right; an identifier alone takes the words of the one before it.
    [Fact]
    public void And_and_or_bind_alike()
    {
        var udp = new byte[34];
        (udp[12], udp[14], udp[23]) = (8, 0x45, 17);
        Assert.False(Matches("udp or tcp and icmp", udp));
        Assert.True(Matches("udp or (tcp and icmp)", udp));
    }

    private static bool Matches(string expression, byte[] frame) => PacketFilter.TryParse(expression, out var filter, out _) && filter.Matches(1, frame, frame.Length);

    private static IEnumerable<string> Captures(string root)
        => Directory.EnumerateFiles(root, "*.pcap", SearchOption.AllDirectories).Where(static f => f.Contains("/handmade/", StringComparison.Ordinal) || f.Contains("/wireshark/", StringComparison.Ordinal) || f.Contains("/packetnet/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static List<CapturedPacket> Read(string path, out int linkType)
    {
        using var reader = new CaptureReader(File.OpenRead(path));
        var packets = new List<CapturedPacket>();
        while (reader.TryRead(out var packet)) packets.Add(packet);
        var type = packets.Count > 0 ? packets[0].Interface.LinkType : -1;
        linkType = type;
        int[] known = [0, 1, 101, 108, 113, 228, 229, 276];
        // A file that is not read to its end would be counted differently.
        return known.Contains(type) && !reader.Error.IsError && packets.TrueForAll(p => p.Interface.LinkType == type) ? packets : [];
    }
}
