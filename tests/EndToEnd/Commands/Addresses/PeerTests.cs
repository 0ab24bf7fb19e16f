using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fathom.EndToEnd.Commands.Addresses;

/// <summary>The address commands say what Python's ipaddress and ipcalc say. No network is needed.</summary>
public sealed class PeerTests
{
    [Theory]
    [InlineData("192.168.1.10/24")]
    [InlineData("10.1.2.3/8")]
    [InlineData("192.0.2.130/26")]
    [InlineData("198.51.100.7/31")]
    [InlineData("203.0.113.9/32")]
    [InlineData("0.0.0.0/0")]
    [InlineData("2001:db8::1/64")]
    [InlineData("fd00:1:2:3::5/127")]
    [InlineData("2001:db8:ffff::/29")]
    [InlineData("::1/128")]
    public async Task An_address_in_its_prefix_is_what_ipaddress_says(string text)
    {
        const string Peer = """
            import ipaddress, json, sys
            i = ipaddress.ip_interface(sys.argv[1]); n = i.network
            print(json.dumps([str(i.ip), str(n), str(n.netmask), str(n.hostmask), str(n[0]), str(n[-1]), str(n.num_addresses), i.ip.reverse_pointer, str(int(i.ip)), i.ip.exploded if i.version == 6 else None]))
            """;
        var expected = Strings(await Python(Peer, text));
        var json = await Json("ip", text);
        var prefix = json.GetProperty("prefix");
        string?[] actual =
        [
            Text(json, "address"), Text(prefix, "network"), Text(prefix, "netmask"), Text(prefix, "wildcard"), Text(prefix, "first"), Text(prefix, "last"),
            Text(prefix, "addresses"), Text(json, "reverse"), Text(json, "integer"), json.GetProperty("version").GetInt32() == 6 ? Text(json, "expanded") : null,
        ];
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("192.168.1.10/24")]
    [InlineData("172.16.9.200/20")]
    [InlineData("10.0.0.5/30")]
    [InlineData("10.0.0.5/255.255.255.128")]
    public async Task Hosts_and_broadcast_are_what_ipcalc_says(string text)
    {
        var peer = (await Shell.RunAsync(["ipcalc", "-n", "-b", text])).OrFail().Output;
        string Of(string label) => Regex.Match(peer, $@"{label}:\s+(\S+)").Groups[1].Value;
        var prefix = (await Json("ip", text)).GetProperty("prefix");
        Assert.Equal(
            (Of("Network"), Of("HostMin"), Of("HostMax"), Of("Broadcast"), Of("Hosts/Net"), Of("Wildcard")),
            (Text(prefix, "network"), Text(prefix, "firstHost"), Text(prefix, "lastHost"), Text(prefix, "broadcast"), Text(prefix, "hosts"), Text(prefix, "wildcard")));
    }

    [Fact]
    public async Task What_ipaddress_refuses_is_refused_with_status_2_and_one_line()
    {
        foreach (var text in new[] { "010.1.1.1", "1.2.3.256", "1.2.3.4.5", "1.2.3.4/33", "::1::2", "2001:db8::g", "fe80::1%", "1:2:3:4:5:6:7", "1.2.3.4/0xff", "" })
        {
            Assert.NotEqual(0, (await Shell.RunAsync(["python3", "-c", "import ipaddress, sys; ipaddress.ip_interface(sys.argv[1])", text])).ExitCode);
            await Refused(["ip", text]);
        }
    }

    [Theory]
    [InlineData("subnet split 10.0.0.0/24 27", "print(*n('10.0.0.0/24').subnets(new_prefix=27))")]
    [InlineData("subnet split 2001:db8::/44 --count 10", "print(*n('2001:db8::/44').subnets(new_prefix=48))")]
    [InlineData("subnet split 192.0.2.0/25 --hosts 12", "print(*n('192.0.2.0/25').subnets(new_prefix=28))")]
    [InlineData("subnet merge 10.0.0.0/24 10.0.1.0/24 10.0.2.0/23 10.0.0.128/25 10.9.0.0/16", "print(*ipaddress.collapse_addresses(map(n, '10.0.0.0/24 10.0.1.0/24 10.0.2.0/23 10.0.0.128/25 10.9.0.0/16'.split())))")]
    [InlineData("subnet merge 2001:db8::/33 2001:db8:8000::/33 2001:db9::1", "print(*ipaddress.collapse_addresses(map(n, '2001:db8::/33 2001:db8:8000::/33 2001:db9::1'.split())))")]
    [InlineData("subnet range 192.0.2.10-192.0.2.99", "print(*ipaddress.summarize_address_range(a('192.0.2.10'), a('192.0.2.99')))")]
    [InlineData("subnet range 0.0.0.1 255.255.255.254", "print(*ipaddress.summarize_address_range(a('0.0.0.1'), a('255.255.255.254')))")]
    [InlineData("subnet range 2001:db8::1 2001:db8::2:ffff", "print(*ipaddress.summarize_address_range(a('2001:db8::1'), a('2001:db8::2:ffff')))")]
    [InlineData("subnet exclude 10.0.0.0/16 10.0.77.0/24", "print(*sorted(n('10.0.0.0/16').address_exclude(n('10.0.77.0/24'))))")]
    [InlineData("subnet exclude 2001:db8::/32 2001:db8:1234::/48", "print(*sorted(n('2001:db8::/32').address_exclude(n('2001:db8:1234::/48'))))")]
    public async Task Arithmetic_is_what_ipaddress_computes(string command, string peer)
    {
        var expected = (await Python("import ipaddress; n = ipaddress.ip_network; a = ipaddress.ip_address; " + peer)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var json = await Json(command.Split(' '));
        var actual = json.TryGetProperty("subnets", out var subnets)
            ? subnets.EnumerateArray().Select(static s => Text(s, "prefix"))
            : json.GetProperty("prefixes").EnumerateArray().Select(static s => s.GetString());
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task The_longest_prefix_of_a_table_is_that_of_a_search_through_all()
    {
        const string Peer = """
            import ipaddress, random, sys
            r = random.Random(5); nets = []
            for i in range(2000):
                v6 = i % 2
                nets.append(ipaddress.ip_network((((0x20010db8 << 96) | (r.getrandbits(20) << 76), r.randint(32, 56)) if v6 else (r.getrandbits(32), r.randint(4, 30))), strict=False))
            addresses = [ipaddress.ip_address((0x20010db8 << 96) | (r.getrandbits(20) << 76)) if i % 2 else ipaddress.ip_address(r.getrandbits(32)) for i in range(400)]
            with open(sys.argv[1], 'w') as f: f.writelines(f'{n} label\n' for n in nets)
            for a in addresses:
                best = max((n for n in nets if a in n), key=lambda n: n.prefixlen, default=None)
                print(a, best or '-')
            """;
        var table = Path.Combine(Path.GetTempPath(), $"fathom-table-{Guid.NewGuid():N}");
        try
        {
            var expected = (await Python(Peer, table)).Trim().Split('\n');
            var result = await Fathom(["subnet", "lookup", "-f", table, "-"], string.Join('\n', expected.Select(static l => l.Split(' ')[0])));
            Assert.Equal(expected, result.Output.Trim().Split('\n').Select(static l => l.Replace(" label", string.Empty, StringComparison.Ordinal)));
            Assert.Equal(expected.Any(static l => l.EndsWith('-')) ? 1 : 0, result.ExitCode);
        }
        finally
        {
            File.Delete(table);
        }
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", 0)]
    [InlineData("10.0.0.0/8", "11.0.0.0", 1)]
    [InlineData("10.0.0.0/8", "10.128.0.0/9", 0)]
    [InlineData("10.128.0.0/9", "10.0.0.0/8", 1)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::", 0)]
    [InlineData("::/0", "1.2.3.4", 1)]
    public async Task Contains_answers_by_status(string whole, string other, int status)
    {
        Assert.Equal(status, (await Fathom(["subnet", "contains", whole, other])).ExitCode);
        Assert.Equal(status, (await Fathom(["ip", whole, "--contains", other])).ExitCode);
    }

    [Fact]
    public async Task Bad_input_of_every_command_is_refused_with_status_2_and_one_line()
    {
        string[] commands =
        [
            "subnet split 10.0.0.0/24", "subnet split 10.0.0.1/24 26", "subnet split 10.0.0.0/24 23", "subnet split 10.0.0.0/24 --count 257", "subnet split 10.0.0.0/24 26 --count 4",
            "subnet split 10.0.0.0/24 --hosts 0", "subnet split 10.0.0.0/24 26 --limit 0", "subnet plan 10.0.0.0/24 a=0", "subnet plan 10.0.0.0/24 a=x", "subnet merge 10.0.0.0/33", "subnet merge ::/0 0.0.0.0/0 --supernet",
            "subnet range 10.0.0.2 10.0.0.1", "subnet range 10.0.0.2", "subnet range 10.0.0.1 ::1", "subnet exclude 10.0.0.0/24 x", "subnet contains 10.0.0.0/24 y", "subnet tree 10.0.0.1/8",
            "subnet lookup -f /nowhere 1.2.3.4", "ip 1.2.3.4 --nth 0", "ip 10.0.0.0/24 --nth 256", "ip 10.0.0.0/24 --mac 02:00:00:00:00:01", "ip 2001:db8::/64 --mac x", "ip 2001:db8::/64 --stable-secret 00",
            "ip 1.2.3.4 --nat64 2001:db8::/65", "ip 10.0.0.0/24 --contains 10.0.0.1/24", "mac 00:00", "mac x", "mac 00:00:5e:00:53:01:02", "neighbors --who-has 1.2.3", "neighbors --who-has 224.0.0.1", "neighbors --watch --who-has 1.2.3.4",
            "neighbors -4 -6", "neighbors -i nowhere0", "neighbors --watch -c 0", "neighbors --watch -t 0", "neighbors --announce 203.0.113.77", "interfaces nowhere0", "route 010.1.1.1", "route 1.2.3.4/24", "route -4 -6 ::1", "route fe80::1%nowhere0",
        ];
        foreach (var command in commands) await Refused(command.Split(' '));
    }

    [Fact]
    public async Task A_list_goes_on_behind_a_bad_line()
    {
        var result = await Fathom(["ip", "-", "-o", "ndjson"], "192.0.2.1\nbad\n# comment\n2001:db8::/64\n");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(["192.0.2.1", "2001:db8::"], result.Output.Trim().Split('\n').Select(static l => Text(JsonDocument.Parse(l).RootElement, "address")));
        Assert.Matches(@"^fathom: line 2: 'bad': .*\n$", result.Error);
    }

    [Fact]
    public async Task A_hostile_name_does_not_reach_the_terminal()
    {
        var result = await Fathom(["ip", "fe80::1%\u001b[31mred"]);
        Assert.DoesNotContain('\u001b', result.Text);
        Assert.DoesNotContain('\u001b', (await Fathom(["subnet", "plan", "10.0.0.0/24", "\u001b[31m=3"])).Text);
    }

    private static async Task Refused(string[] arguments)
    {
        var result = await Fathom(arguments);
        Assert.True(result.ExitCode == 2 && result.Output.Length == 0, result.ToString());
        Assert.Matches(@"^fathom: [^\n]+\n(Try 'fathom --help'\.\n)?$", result.Error);
    }

    private static async Task<JsonElement> Json(params string[] arguments)
    {
        var result = (await Fathom([.. arguments, "--output", "json"])).OrFail();
        var root = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal($"fathom.{arguments[0]}/1", root.EnumerateObject().First().Value.GetString());
        return root;
    }

    private static Task<CommandResult> Fathom(string[] arguments, string? input = null)
    {
        FathomBinary.SkipIfAbsent();
        return Shell.RunAsync([FathomBinary.File!, .. arguments], input);
    }

    private static async Task<string> Python(string program, params string[] arguments) => (await Shell.RunAsync(["python3", "-c", program, .. arguments])).OrFail().Output;

    private static string?[] Strings(string json) => [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(static e => e.GetString())];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
