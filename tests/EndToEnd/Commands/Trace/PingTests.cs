using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fathom.EndToEnd.Commands.Trace;

/// <summary>`fathom ping` beside iputils' ping on one path: counts, hop limits, sizes, errors and their senders.</summary>
public sealed partial class PingTests
{
    public static TheoryData<string, string> Targets => new()
    {
        { "10.66.99.1", "" }, { "10.66.2.2", "" }, { "fd66:99::1", "" }, { "10.66.99.1", "-s 0" }, { "10.66.99.1", "-s 1400" }, { "10.66.99.1", "-s 4000" },
        { "10.66.99.1", "-t 3" }, { "fd66:99::1", "-t 2" }, { "10.66.99.1", "-M do -s 1472" },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Counts_sizes_and_hop_limits_are_pings(string target, string options)
    {
        await using var chain = await StartAsync();
        var peer = Parse((await chain.RunAsync("c", $"ping -n -c 3 -i 0.2 -W 2 {options} {target}")).Output);
        var ours = Parse((await chain.RunAsync("c", $"fathom ping -n -c 3 -i 0.2 -W 2 {options} {target}")).Output);
        Assert.Equal(3, peer.Sent);
        Assert.Equal(peer, ours);
    }

    [Theory]
    [InlineData("prohibited", "reject with icmpx admin-prohibited", 3, 13)]
    [InlineData("host", "reject with icmpx host-unreachable", 3, 1)]
    [InlineData("port", "reject with icmpx port-unreachable", 3, 3)]
    public async Task Errors_are_told_with_their_sender(string name, string verdict, int type, int code)
    {
        Assert.NotEmpty(name);
        await using var chain = await StartAsync();
        await chain.FilterAsync("r3", "forward", $"ip daddr 10.66.99.0/24 {verdict}");
        var peer = await chain.RunAsync("c", "ping -n -c 1 -W 2 10.66.99.1");
        Assert.Contains($"From {Chain.Router(3)} icmp_seq=1", peer.Output, StringComparison.Ordinal);
        var ours = await chain.RunAsync("c", "fathom ping -c 1 -o json 10.66.99.1");
        Assert.Equal(1, ours.ExitCode);
        using var document = JsonDocument.Parse(ours.Output);
        var happened = document.RootElement.GetProperty("events")[0];
        Assert.Equal((Chain.Router(3), type, code), (happened.GetProperty("reporter").GetString(), happened.GetProperty("icmpType").GetInt32(), happened.GetProperty("icmpCode").GetInt32()));
    }

    [Fact]
    public async Task A_narrow_link_is_named_with_its_MTU()
    {
        await using var chain = await StartAsync();
        await chain.ApplyAsync("r3", "ip link set e3 mtu 1300");
        var ours = await chain.RunAsync("c", "fathom ping -c 1 -M do -s 1400 10.66.99.1");
        Assert.Equal(1, ours.ExitCode);
        Assert.Contains($"From {Chain.Router(3)} icmp_seq=1 ICMP fragmentation needed but not allowed, MTU 1300", ours.Output, StringComparison.Ordinal);
        var peer = await chain.RunAsync("c", "ip route flush cache; ping -n -c 1 -M do -s 1400 10.66.99.1");
        Assert.Contains($"From {Chain.Router(3)} icmp_seq=1 Frag needed and DF set (mtu = 1300)", peer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loss_is_counted_as_ping_counts_it_and_its_uncertainty_told()
    {
        await using var chain = await StartAsync();
        await chain.FilterAsync("r3", "forward", "ip daddr 10.66.99.0/24 numgen inc mod 5 == 0 drop");
        var peer = await chain.RunAsync("c", "ping -n -q -c 10 -i 0.05 -W 1 10.66.99.1");
        var ours = await chain.RunAsync("c", "fathom ping -q -c 10 -i 0.05 -W 1 10.66.99.1");
        Assert.Contains("10 packets transmitted, 8 received, 20% packet loss", peer.Output, StringComparison.Ordinal);
        Assert.Contains("10 packets transmitted, 8 received, 20% packet loss", ours.Output, StringComparison.Ordinal);
        // Wilson's interval for 2 of 10.
        Assert.Contains("2 of 10 lost: so few tell little; the true loss is 6 to 51 %", ours.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0, "without privilege")]
    [InlineData(false, 3, "net.ipv4.ping_group_range")]
    public async Task An_ordinary_user_pings_where_the_system_allows_it(bool isOpen, int status, string said)
    {
        await using var chain = await StartAsync();
        await chain.ApplyAsync("c", $"sysctl -qw net.ipv4.ping_group_range='{(isOpen ? "0 2147483647" : "1 0")}'");
        var folder = Directory.CreateTempSubdirectory("fathom-ping-").FullName;
        try
        {
            File.SetUnixFileMode(folder, FathomBinary.ReadableByAll);
            var program = FathomBinary.CopyTo(folder);
            var ours = await chain.RunAsync("c", $"setpriv --reuid 65534 --regid 65534 --clear-groups env DOTNET_BUNDLE_EXTRACT_BASE_DIR=/tmp {program} ping -c 1 --explain 10.66.99.1");
            Assert.Equal(status, ours.ExitCode);
            Assert.Contains(said, string.Join(' ', (ours.Output + ours.Error).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Root_pings_through_a_raw_socket_where_the_group_range_is_closed()
    {
        await using var chain = await StartAsync();
        await chain.ApplyAsync("c", "sysctl -qw net.ipv4.ping_group_range='1 0'");
        var ours = await chain.RunAsync("c", "fathom ping -c 2 -i 0.1 -o json 10.66.99.1");
        Assert.Equal(0, ours.ExitCode);
        using var document = JsonDocument.Parse(ours.Output);
        Assert.Equal(("raw socket", 2), (document.RootElement.GetProperty("method").GetString(), document.RootElement.GetProperty("received").GetInt32()));
    }

    [Fact]
    public async Task Several_hosts_get_a_line_each_and_the_worst_status()
    {
        await using var chain = await StartAsync();
        await chain.FilterAsync("r1", "forward", "ip daddr 10.66.77.1 drop");
        var ours = await chain.RunAsync("c", "fathom ping -c 1 -W 2 -", "10.66.99.1\n# far\n10.66.2.2\n10.66.77.1\n300.1.1.1\n");
        Assert.Equal(2, ours.ExitCode);
        Assert.Matches(@"(?m)^10\.66\.99\.1 +1/1  rtt ", ours.Output);
        Assert.Matches(@"(?m)^10\.66\.2\.2 +1/1  rtt ", ours.Output);
        Assert.Matches(@"(?m)^10\.66\.77\.1 +0/1  no answer", ours.Output);
        Assert.Single(ours.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), static l => l.Contains("line 5: 300.1.1.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sweep_finds_whom_fping_finds()
    {
        await using var chain = await StartAsync();
        await chain.ApplyAsync("d", "for i in 3 7 12; do ip route add blackhole 10.66.99.$i/32; ip route del local 10.66.99.0/24 2>/dev/null; done; for i in 1 2 5 9 14; do ip route add local 10.66.99.$i/32 dev lo; done; true");
        var peer = await chain.RunAsync("c", "fping -a -q -r 1 -t 1500 -i 1 -g 10.66.99.0/28");
        var ours = await chain.RunAsync("c", "fathom ping --sweep 10.66.99.0/28");
        Assert.Equal(Addresses(peer.Output), Addresses(ours.Output));
        Assert.Equal(5, Addresses(ours.Output).Length);
        Assert.Contains("5 of 14 addresses of 10.66.99.0/28 answer", ours.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_ends_with_a_summary()
    {
        await using var chain = await StartAsync();
        var ours = await chain.RunUntilAsync("ping -i 0.2 10.66.99.1", "grep -q icmp_seq=2 \"$out\"");
        Assert.Equal(0, ours.ExitCode);
        Assert.Matches(@"\d packets transmitted, \d received, 0% packet loss", ours.Output);
    }

    [Theory]
    [InlineData("", "expected a host")]
    [InlineData("-c 0 h", "-c 0")]
    [InlineData("-i 0 h", "-i 0")]
    [InlineData("-s 70000 h", "-s 70000")]
    [InlineData("-t 256 h", "-t 256")]
    [InlineData("-p xyz h", "-p xyz")]
    [InlineData("300.1.2.3", "300.1.2.3 is no address")]
    [InlineData("-4 ::1", "IPv6 address")]
    [InlineData("-4 -6 h", "exclude each other")]
    [InlineData("--sweep 10.0.0.0/8", "at most")]
    [InlineData("--sweep bogus", "expected a prefix")]
    public async Task A_wrong_command_line_is_one_line_and_nothing_is_sent(string line, string said)
    {
        FathomBinary.SkipIfAbsent();
        var ours = await Shell.RunAsync([FathomBinary.File!, "ping", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(2, ours.ExitCode);
        Assert.Empty(ours.Output);
        Assert.Contains(said, Assert.Single(ours.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static string[] Addresses(string output) => [.. AddressLine().Matches(output).Select(static m => m.Value).Order(StringComparer.Ordinal)];

    private static async Task<Chain> StartAsync()
    {
        Worlds.Requirements.SkipWithoutWorld();
        FathomBinary.SkipIfAbsent();
        return await Chain.CreateAsync();
    }

    private static Facts Parse(string output)
    {
        var summary = Summary().Match(output);
        Assert.True(summary.Success, output);
        var replies = Reply().Matches(output);
        var errors = Error().Matches(output);
        return new Facts(
            int.Parse(summary.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(summary.Groups[2].ValueSpan, CultureInfo.InvariantCulture),
            string.Join(' ', replies.Select(static m => $"{m.Groups[1]} {m.Groups[2]} seq {m.Groups[3]} ttl {m.Groups[4]}")),
            string.Join(' ', errors.Select(static m => $"{m.Groups[1]} seq {m.Groups[2]}")));
    }

    [GeneratedRegex(@"(\d+) packets transmitted, (\d+) received")]
    private static partial Regex Summary();

    [GeneratedRegex(@"(?m)^(\d+) bytes from (\S+): icmp_seq=(\d+) ttl=(\d+)")]
    private static partial Regex Reply();

    [GeneratedRegex(@"(?m)^From (\S+) icmp_seq=(\d+)")]
    private static partial Regex Error();

    [GeneratedRegex(@"(?m)^10\.[\d.]+$")]
    private static partial Regex AddressLine();

    private sealed record Facts(int Sent, int Received, string Replies, string Errors);
}
