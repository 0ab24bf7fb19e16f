using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fathom.EndToEnd.Commands.Trace;

/// <summary>`fathom trace` beside traceroute, tracepath and mtr on one path, healthy and with faults.</summary>
public sealed partial class TraceTests
{
    private const string LimitAnswers = "nft 'table inet t { chain output { type filter hook output priority 0; icmp type time-exceeded drop; }; }'";

    [Theory]
    [InlineData("-I", "-I", Chain.Destination)]
    [InlineData("-U", "", Chain.Destination)]
    [InlineData("-T -p 81", "-T -p 81", Chain.Destination)]
    [InlineData("-I -6", "-I -6", Chain.DestinationV6)]
    [InlineData("-U -6", "-6", Chain.DestinationV6)]
    [InlineData("-f 2 -m 4", "-f 2 -m 4", Chain.Destination)]
    public async Task The_hops_are_traceroutes(string ours, string theirs, string target)
    {
        // A path for each: what one spends of the limits on ICMP errors would be missing for the other.
        await using var chain = await StartAsync();
        await using var another = await StartAsync();
        var peer = await another.RunAsync("c", $"ping -c 1 -W 2 {target} > /dev/null; traceroute -n -q 1 -w 5 {theirs} {target}");
        using var document = await TraceAsync(chain, $"{ours} -q 1 {target}");
        Assert.Equal(HopsOf(peer.Output), HopsOf(document));
    }

    [Fact]
    public async Task Silent_hops_are_passed_and_read_as_harmless()
    {
        await using var chain = await StartAsync();
        await chain.ApplyAsync("r2", LimitAnswers);
        await chain.ApplyAsync("r4", LimitAnswers);
        var peer = await chain.RunAsync("c", $"traceroute -n -I -q 1 -w 3 {Chain.Destination}");
        using var document = await TraceAsync(chain, $"-q 1 {Chain.Destination}");
        Assert.Equal(HopsOf(peer.Output), HopsOf(document));
        Assert.True(document.RootElement.GetProperty("reached").GetBoolean());
        Assert.False(Line(document, "silent").GetProperty("problem").GetBoolean());
    }

    [Theory]
    [InlineData("reject with icmpx admin-prohibited", "!X", "refused")]
    [InlineData("reject with icmpx host-unreachable", "!H", "refused")]
    [InlineData("reject with icmpx no-route", "!N", "refused")]
    [InlineData("drop", "", "stops")]
    public async Task Where_packets_end_is_said(string verdict, string mark, string kind)
    {
        await using var chain = await StartAsync();
        await chain.FilterAsync("r3", "forward", $"ip daddr 10.66.99.0/24 {verdict}");
        var text = await chain.RunAsync("c", $"fathom trace -n -q 1 {Chain.Destination}");
        Assert.Equal(1, text.ExitCode);
        if (mark.Length > 0) Assert.Matches($@"(?m)^ +4 +{Regex.Escape(Chain.Router(3))} .*{mark}", text.Output);
        await using var fresh = await StartAsync();
        await fresh.FilterAsync("r3", "forward", $"ip daddr 10.66.99.0/24 {verdict}");
        using var document = await TraceAsync(fresh, $"-q 1 {Chain.Destination}", 1);
        var line = Line(document, kind);
        Assert.True(line.GetProperty("problem").GetBoolean());
        Assert.Contains(Chain.Router(3), line.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-I")]
    [InlineData("-U")]
    public async Task A_loop_is_named_with_its_routers(string method)
    {
        await using var chain = await StartAsync();
        await chain.ApplyAsync("r4", "ip route add 10.66.99.0/24 via 10.66.3.1");
        using var document = await TraceAsync(chain, $"{method} {Chain.Destination}", 1);
        var text = Line(document, "loop").GetProperty("text").GetString();
        Assert.Contains(Chain.Router(3), text, StringComparison.Ordinal);
        Assert.Contains(Chain.Router(4), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Chain.Destination)]
    [InlineData(Chain.DestinationV6)]
    public async Task The_path_MTU_and_its_reporter_are_tracepaths(string target)
    {
        await using var chain = await StartAsync();
        await chain.ApplyAsync("r3", "ip link set e3 mtu 1300");
        await chain.ApplyAsync("r4", "ip link set w3 mtu 1300");
        using var document = await TraceAsync(chain, $"--mtu -q 1 {target}");
        var mtu = document.RootElement.GetProperty("pathMtu");
        var report = mtu.GetProperty("reports")[0];
        Assert.Equal(1300, mtu.GetProperty("octets").GetInt32());
        Assert.Equal((target.Contains(':', StringComparison.Ordinal) ? "fd66:2::2" : Chain.Router(3), 1300), (report.GetProperty("by").GetString(), report.GetProperty("mtu").GetInt32()));
        var peer = await chain.RunAsync("c", $"ip route flush cache; ip -6 route flush cache; tracepath -n {target}");
        Assert.Matches(@"Resume: pmtu 1300", peer.Output);
    }

    [Fact]
    public async Task A_black_hole_for_large_packets_is_found_where_it_is()
    {
        await using var chain = await StartAsync();
        await chain.ApplyAsync("r3", "ip link set e3 mtu 1300; nft 'table inet t { chain output { type filter hook output priority 0; icmp type destination-unreachable drop; }; }'");
        await chain.ApplyAsync("r4", "ip link set w3 mtu 1300");
        using var document = await TraceAsync(chain, $"--mtu -q 1 {Chain.Destination}");
        var mtu = document.RootElement.GetProperty("pathMtu");
        Assert.InRange(mtu.GetProperty("octets").GetInt32(), 1296, 1300);
        Assert.Equal(3, mtu.GetProperty("vanishingBehindHop").GetInt32());
        Assert.True(Line(document, "mtu").GetProperty("problem").GetBoolean());
    }

    [Fact]
    public async Task Ten_samples_lose_nothing_to_routers_limits_and_take_less_than_mtr()
    {
        await using var chain = await StartAsync();
        var ours = await chain.RunAsync("c", $"fathom trace --report -n -o json {Chain.Destination}");
        using var document = JsonDocument.Parse(ours.Output);
        foreach (var hop in document.RootElement.GetProperty("hops").EnumerateArray())
            Assert.Equal((10, 10), (hop.GetProperty("sent").GetInt32(), hop.GetProperty("received").GetInt32()));
        Assert.InRange(document.RootElement.GetProperty("durationMilliseconds").GetDouble(), 4000, 10_000); // mtr asks each hop once a second
    }

    [Fact]
    public async Task A_router_that_answers_seldom_is_not_called_lossy()
    {
        await using var chain = await StartAsync();
        await chain.FilterAsync("r3", "output", "icmp type time-exceeded numgen inc mod 2 == 0 drop");
        using var document = await TraceAsync(chain, $"-q 6 {Chain.Destination}");
        var line = Line(document, "rateLimited");
        Assert.Equal((3, false), (line.GetProperty("hop").GetInt32(), line.GetProperty("problem").GetBoolean()));
        Assert.DoesNotContain(document.RootElement.GetProperty("reading").EnumerateArray(), static l => l.GetProperty("kind").GetString() == "loss");
    }

    [Fact]
    public async Task Loss_that_persists_is_said_to_begin_where_it_does()
    {
        await using var chain = await StartAsync();
        await chain.FilterAsync("r3", "forward", "ip daddr 10.66.99.0/24 numgen inc mod 2 == 0 drop");
        using var document = await TraceAsync(chain, $"-q 10 {Chain.Destination}");
        var hops = document.RootElement.GetProperty("hops").EnumerateArray().ToArray();
        Assert.Equal([10, 10, 10], hops.Take(3).Select(static h => h.GetProperty("received").GetInt32()));
        Assert.InRange(hops[^1].GetProperty("received").GetInt32(), 1, 8); // every other packet is dropped, whatever hop it is for
        Assert.InRange(Line(document, "loss").GetProperty("hop").GetInt32(), 4, 6);
    }

    [Fact]
    public async Task All_probes_of_a_UDP_trace_have_the_same_ports()
    {
        await using var chain = await StartAsync();
        // tcpdump's socket is there before its filter is, and what came in between is thrown away: only "listening" says that it sees. It is ended when it has told what it saw: killed earlier, it would forget it.
        var seen = await chain.RunAsync("c", $$"""
            d=$(mktemp -d); cd $d
            has_six() { [ $(wc -l < flows) -ge 6 ]; }
            timeout 50 tcpdump -ni e0 -l --immediate-mode 'udp and dst host {{Chain.Destination}}' > flows 2> said & p=$!
            until_true grep -q listening said
            fathom trace -n -U {{Chain.Destination}} > trace || cat trace said
            until_true has_six; kill $p; wait $p 2> /dev/null; cat flows; rm -r $d
            """);
        var flows = Flow().Matches(seen.Output).Select(static m => m.Value).ToArray();
        Assert.True(flows.Length >= 6, seen.ToString());
        Assert.Single(flows.Distinct());
    }

    [Fact]
    public async Task An_interrupt_shows_what_is_known()
    {
        await using var chain = await StartAsync();
        // The fourth sample of a hop goes out when the first three of all hops have been read.
        await chain.FilterAsync("c", "output", $"ip daddr {Chain.Destination} ip ttl 6 counter");
        var ours = await chain.RunUntilAsync($"trace -n -q 100 {Chain.Destination}", "nft list table inet t | grep -q 'packets [4-9]'");
        Assert.Equal(0, ours.ExitCode);
        Assert.Contains("Interrupted", ours.Output, StringComparison.Ordinal);
        Assert.Contains($"6  {Chain.Destination}", ours.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_echo_socket_UDP_is_used()
    {
        await using var chain = await StartAsync();
        await chain.ApplyAsync("c", "sysctl -qw net.ipv4.ping_group_range='1 0'");
        var folder = Directory.CreateTempSubdirectory("fathom-trace-").FullName;
        try
        {
            File.SetUnixFileMode(folder, FathomBinary.ReadableByAll);
            var program = FathomBinary.CopyTo(folder);
            var user = $"setpriv --reuid 65534 --regid 65534 --clear-groups {program} trace -n -o json";
            using var document = JsonDocument.Parse((await chain.RunAsync("c", $"{user} {Chain.Destination}")).OrFail().Output);
            Assert.Equal(("UDP", 6), (document.RootElement.GetProperty("method").GetString(), document.RootElement.GetProperty("hops").GetArrayLength()));
            var refused = await chain.RunAsync("c", $"{user} -I {Chain.Destination}");
            Assert.Equal(3, refused.ExitCode);
            Assert.Contains("net.ipv4.ping_group_range", refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("-m 0 h", "-m 0")]
    [InlineData("-f 9 -m 3 h", "-f 9")]
    [InlineData("-q 0 h", "-q 0")]
    [InlineData("-w 0 h", "-w 0")]
    [InlineData("-I -T h", "exclude each other")]
    [InlineData("-p 53 h", "-p needs")]
    [InlineData("-T -p 70000 h", "-p 70000")]
    [InlineData("10.0.0.0/8", "not a URL or a prefix")]
    [InlineData("1.2.3.4.5", "is no address")]
    public async Task A_wrong_command_line_is_one_line_and_nothing_is_sent(string line, string said)
    {
        FathomBinary.SkipIfAbsent();
        var ours = await Shell.RunAsync([FathomBinary.File!, "trace", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(2, ours.ExitCode);
        Assert.Empty(ours.Output);
        Assert.Contains(said, Assert.Single(ours.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<Chain> StartAsync()
    {
        Worlds.Requirements.SkipWithoutWorld();
        FathomBinary.SkipIfAbsent();
        return await Chain.CreateAsync();
    }

    private static async Task<JsonDocument> TraceAsync(Chain chain, string options, int status = 0)
    {
        var result = await chain.RunAsync("c", $"fathom trace -n -o json {options}");
        Assert.True(result.ExitCode == status, result.ToString());
        return JsonDocument.Parse(result.Output);
    }

    private static JsonElement Line(JsonDocument document, string kind)
        => document.RootElement.GetProperty("reading").EnumerateArray().First(l => l.GetProperty("kind").GetString() == kind);

    private static string[] HopsOf(string traceroute) => [.. HopLine().Matches(traceroute).Select(static m => $"{m.Groups[1]} {m.Groups[2]}")];

    private static string[] HopsOf(JsonDocument document) =>
    [
        .. document.RootElement.GetProperty("hops").EnumerateArray().Select(static h => $"{h.GetProperty("hop").GetInt32()} {(h.GetProperty("addresses").GetArrayLength() > 0 ? h.GetProperty("addresses")[0].GetString() : "*")}"),
    ];

    [GeneratedRegex(@"(?m)^ *(\d+)  (\S+)")]
    private static partial Regex HopLine();

    [GeneratedRegex(@"IP \S+ > \S+: UDP")]
    private static partial Regex Flow();
}
