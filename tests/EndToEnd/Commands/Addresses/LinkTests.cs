using System.Text.Json;

namespace Fathom.EndToEnd.Commands.Addresses;

/// <summary>
/// Neighbors, interfaces and routes on real links: this namespace and others, joined by veth pairs to a bridge. The same
/// facts as ip(8) and arping(8), and what tshark reads of Fathom's frames.
/// </summary>
public sealed class LinkTests
{
    // "station NAME MAC ADDRESS...": a host of its own on the bridge br0, whose process id is in $NAME.
    private const string Stations = """
        set -e
        sysctl -qw net.ipv6.conf.default.accept_dad=0
        ip link add br0 type bridge; ip link set br0 address 02:00:00:00:00:01 up
        ip address add 192.0.2.1/24 dev br0; ip address add 2001:db8::1/64 dev br0
        station() {
            unshare -n sleep 600 & local pid=$!; printf -v "$1" %s $pid
            until_true is_apart $pid
            ip link add name "port-$1" type veth peer name eth0 netns $pid
            ip link set dev "port-$1" master br0 up
            nsenter -t $pid -n sh -c "sysctl -qw net.ipv6.conf.eth0.accept_dad=0; ip link set eth0 address $2 up"
            local mac=$2 port="port-$1"; shift 2
            # The station is there when its address is in the local table and its port forwards, which workers of the kernel see to.
            for address; do
                nsenter -t $pid -n ip address add "$address" dev eth0
                case $address in *:*) nsenter -t $pid -n bash -c "until_usable ${address%/*}";; esac
            done
            until_true forwards "$port"
        }
        is_apart() { [ "$(readlink /proc/$1/ns/net)" != "$(readlink /proc/self/ns/net)" ]; }
        forwards() { bridge link show dev "$1" | grep -q 'state forwarding'; }
        until_usable 2001:db8::1
        set +e

        """;

    [Fact]
    public async Task Who_has_an_address_is_answered_as_arping_is()
    {
        var result = await Run("""
            station a 02:00:00:00:00:0a 192.0.2.10/24
            fathom neighbors --who-has 192.0.2.10 -o ndjson; echo "status $?"
            arping -c 1 -w 20 -I br0 192.0.2.10
            """);
        var json = First(result);
        Assert.Equal("answered frame br0", $"{Text(json, "outcome")} {Text(json, "method")} {Text(json, "interface")}");
        var answer = Assert.Single(json.GetProperty("answers").EnumerateArray());
        Assert.Equal("02:00:00:00:00:0a", Text(answer, "mac"));
        Assert.Contains("[02:00:00:00:00:0A]", result.Output, StringComparison.Ordinal); // arping's answer
        Assert.Equal(2, json.GetProperty("evidence").GetArrayLength());
        Assert.Contains("status 0", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_an_IPv6_address_is_answered()
    {
        var json = First(await Run("""
            station a 02:00:00:00:00:0a 2001:db8::10/64
            fathom neighbors --who-has 2001:db8::10 -o ndjson
            """));
        Assert.Equal("02:00:00:00:00:0a", Text(Assert.Single(json.GetProperty("answers").EnumerateArray()), "mac"));
    }

    [Theory]
    [InlineData("192.0.2.10", "192.0.2.10/24")]
    [InlineData("2001:db8::10", "2001:db8::10/64")]
    public async Task Two_stations_with_one_address_are_a_duplicate(string address, string own)
    {
        var result = await Run($"""
            station a 02:00:00:00:00:0a {own}
            station b 02:00:00:00:00:0b {own}
            fathom neighbors --who-has {address} -o ndjson; echo "status $?"
            fathom neighbors --who-has {address} | grep -c 'Duplicate address'
            """);
        var json = First(result);
        Assert.Equal("duplicate", Text(json, "outcome"));
        Assert.Equal(["02:00:00:00:00:0a", "02:00:00:00:00:0b"], json.GetProperty("answers").EnumerateArray().Select(static a => Text(a, "mac")).Order());
        Assert.Contains("status 1\n1\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_answers_for_an_absent_address_and_one_behind_a_gateway_is_not_asked_for()
    {
        var result = await Run("""
            station a 02:00:00:00:00:0a 192.0.2.10/24
            ip route add default via 192.0.2.10
            fathom neighbors --who-has 192.0.2.99 -t 0.2 -o ndjson; echo "status $?"
            fathom neighbors --who-has 198.51.100.1; echo "status $?"
            fathom neighbors --who-has 192.0.2.1; echo "status $?"
            """);
        var json = First(result);
        Assert.Equal("unanswered", Text(json, "outcome"));
        Assert.Equal(3, json.GetProperty("evidence").GetArrayLength()); // the three questions
        Assert.Equal(3, Lines(result, "status ").Length);
        Assert.Equal(["status 1", "status 1", "status 0"], Lines(result, "status "));
        Assert.Contains("gateway 192.0.2.10", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_privilege_the_system_asks_and_that_is_said()
    {
        var result = await Run("""
            station a 02:00:00:00:00:0a 192.0.2.10/24
            folder=$(mktemp -d); chmod 755 "$folder"; cp -r "$FATHOM_FOLDER/." "$folder/"; chmod -R a+rX "$folder"
            setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all --bounding-set=-all "$folder/fathom" neighbors --who-has 192.0.2.10 -o ndjson; echo "status $?"
            setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all "$folder/fathom" neighbors --watch; echo "status $?"
            rm -r "$folder"
            """);
        var json = First(result);
        Assert.Equal("answered table", $"{Text(json, "outcome")} {Text(json, "method")}");
        Assert.Equal("02:00:00:00:00:0a", Text(Assert.Single(json.GetProperty("answers").EnumerateArray()), "mac"));
        Assert.Equal(["status 0", "status 3"], Lines(result, "status "));
        Assert.Contains("CAP_NET_RAW", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_announcement_is_what_tshark_reads_and_what_a_watch_sees_move()
    {
        var result = await Run("""
            station a 02:00:00:00:00:0a 192.0.2.10/24
            station b 02:00:00:00:00:0b 192.0.2.10/24
            capture=$(mktemp)
            tcpdump -i br0 -w "$capture" -U --immediate-mode arp 2> "$capture.err" & dump=$!
            until_true grep -q listening "$capture.err"
            fathom neighbors --announce 192.0.2.1 > /dev/null
            has_one() { [ "$(tcpdump -r "$capture" 2> /dev/null | wc -l)" != 0 ]; }
            until_true has_one
            kill $dump; wait $dump 2>/dev/null
            tshark -r "$capture" -T fields -e eth.dst -e arp.opcode -e arp.src.proto_ipv4 -e arp.dst.proto_ipv4 -e arp.src.hw_mac -e arp.isgratuitous 2>/dev/null | head -1
            fathom neighbors --watch -i br0 -c 2 -t 20 -4 > "$capture" 2> "$capture.err" & watch=$!
            until_true grep -q watching "$capture.err"
            nsenter -t $a -n "$FATHOM_FOLDER/fathom" neighbors --announce 192.0.2.10 > /dev/null
            nsenter -t $b -n "$FATHOM_FOLDER/fathom" neighbors --announce 192.0.2.10 > /dev/null
            wait $watch; echo "status $?"; cat "$capture"; rm "$capture" "$capture.err"
            """);
        Assert.Contains("ff:ff:ff:ff:ff:ff\t1\t192.0.2.1\t192.0.2.1\t02:00:00:00:00:01\t1", result.Output.Replace("True", "1", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("192.0.2.10 is at 02:00:00:00:00:0b, told unasked", result.Output, StringComparison.Ordinal);
        Assert.Contains("192.0.2.10 was at 02:00:00:00:00:0a before", result.Output, StringComparison.Ordinal);
        Assert.Contains("status 1", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tables_are_those_of_ip()
    {
        var result = await Run("""
            station a 02:00:00:00:00:0a 192.0.2.10/24 2001:db8::10/64
            ip neighbor add 192.0.2.20 lladdr 00:00:5e:00:53:01 nud permanent dev br0
            ip neighbor add 2001:db8::20 lladdr 00:00:5e:00:53:02 nud stale router dev br0
            ip neighbor add 192.0.2.30 nud failed dev br0
            fathom neighbors -o ndjson; ip -j neighbor show | tr -d '\n'; echo
            """);
        var ours = First(result).GetProperty("neighbors").EnumerateArray()
            .Select(static n => $"{Text(n, "address")} {(n.TryGetProperty("mac", out var m) ? m.GetString() : "-")} {Text(n, "interface")} {Text(n, "state")} {n.TryGetProperty("router", out var r) && r.GetBoolean()}");
        var theirs = Second(result).EnumerateArray()
            .Select(static n => $"{Text(n, "dst")} {(n.TryGetProperty("lladdr", out var m) ? m.GetString() : "-")} {Text(n, "dev")} {n.GetProperty("state")[0].GetString()!.ToLowerInvariant()} {n.TryGetProperty("router", out _)}");
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        Assert.Contains("00:00:5e:00:53:01 br0 permanent", string.Join('\n', ours), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_interfaces_are_those_of_ip_with_their_counters()
    {
        var result = await Run("""
            station a 02:00:00:00:00:0a 192.0.2.10/24
            ip link add name quiet type veth peer name other; ip link set quiet mtu 1280; ip address add 10.9.0.1/32 dev quiet
            ip route add default via 192.0.2.10
            ping -c 2 -i 0.2 192.0.2.10 > /dev/null
            fathom interfaces lo quiet -o ndjson; ip -j -s address show | tr -d '\n'; echo
            fathom interfaces -o ndjson br0
            """);
        var ours = First(result).GetProperty("interfaces").EnumerateArray().ToDictionary(static i => Text(i, "name")!);
        var theirs = Second(result).EnumerateArray().ToDictionary(static i => Text(i, "ifname")!);
        Assert.Equal(["lo", "quiet"], ours.Keys);
        foreach (var (name, link) in ours)
        {
            var peer = theirs[name];
            Assert.Equal(peer.GetProperty("mtu").GetInt32(), link.GetProperty("mtu").GetInt32());
            Assert.Equal(peer.GetProperty("flags").EnumerateArray().Any(static f => f.GetString() == "UP"), link.GetProperty("up").GetBoolean());
            Assert.Equal(
                peer.GetProperty("addr_info").EnumerateArray().Select(static a => $"{Text(a, "local")}/{a.GetProperty("prefixlen")}").Order(StringComparer.Ordinal),
                link.GetProperty("addresses").EnumerateArray().Select(static a => $"{Text(a, "address")}/{a.GetProperty("prefixLength")}").Order(StringComparer.Ordinal));
            var (c, s) = (link.GetProperty("counters"), peer.GetProperty("stats64"));
            Assert.Equal(
                [s.GetProperty("rx").GetProperty("packets").GetInt64(), s.GetProperty("rx").GetProperty("bytes").GetInt64(), s.GetProperty("tx").GetProperty("packets").GetInt64(), s.GetProperty("tx").GetProperty("bytes").GetInt64()],
                [c.GetProperty("receivedPackets").GetInt64(), c.GetProperty("receivedOctets").GetInt64(), c.GetProperty("sentPackets").GetInt64(), c.GetProperty("sentOctets").GetInt64()]);
        }

        var bridge = JsonDocument.Parse(result.Output.Trim().Split('\n')[^1]).RootElement.GetProperty("interfaces")[0];
        Assert.Equal("192.0.2.10", bridge.GetProperty("gateways")[0].GetString());
        Assert.True(bridge.GetProperty("counters").GetProperty("receivedPackets").GetInt64() >= 2);
    }

    [Theory]
    [InlineData("192.0.2.77", 0)]
    [InlineData("198.51.100.1", 0)]
    [InlineData("192.0.2.1", 0)]
    [InlineData("2001:db8::77", 0)]
    [InlineData("10.66.1.1", 1)] // an unreachable route
    [InlineData("2001:db9::1", 1)] // no route
    public async Task The_way_is_that_of_ip_route_get(string target, int status)
    {
        var result = await Run($"""
            station a 02:00:00:00:00:0a 192.0.2.10/24
            ip route add default via 192.0.2.10
            ip route add unreachable 10.66.0.0/16
            fathom route {target} -o ndjson; echo "status $?"
            echo; ip -j route get {target} 2>/dev/null | tr -d '\n'
            """);
        Assert.Contains($"status {status}\n", result.Output, StringComparison.Ordinal);
        if (status != 0) return;
        var ours = First(result);
        var theirs = JsonDocument.Parse(result.Output.Trim().Split('\n')[^1]).RootElement[0];
        Assert.Equal(Text(theirs, "prefsrc"), Text(ours, "source"));
        Assert.Equal(theirs.TryGetProperty("gateway", out var g) ? g.GetString() : null, ours.TryGetProperty("gateway", out var h) ? h.GetString() : null);
        Assert.Equal(Text(theirs, "dev"), Text(ours, "interface"));
    }

    [Fact]
    public async Task An_interrupted_watch_ends_with_a_summary()
    {
        // SIGTERM is handled as SIGINT is, which bash takes from what it starts in the background.
        var result = await Run("""
            file=$(mktemp)
            "$FATHOM_FOLDER/fathom" neighbors --watch 2> "$file" & watch=$!
            until_true grep -q watching "$file"
            kill -TERM $watch; wait $watch; echo "status $?"; cat "$file"; rm "$file"
            """);
        Assert.Contains("status 0", result.Output, StringComparison.Ordinal);
        Assert.Contains("packets", result.Output, StringComparison.Ordinal);
    }

    private static async Task<CommandResult> Run(string script)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        return await Sandbox.RunAsync($"FATHOM_FOLDER='{Path.GetDirectoryName(FathomBinary.File!)}'\n" + Stations + script);
    }

    private static JsonElement First(CommandResult result) => Line(result, 0);

    private static JsonElement Second(CommandResult result) => Line(result, 1);

    private static JsonElement Line(CommandResult result, int number)
    {
        var lines = result.Output.Split('\n');
        Assert.True(lines.Length > number && lines[number].Length > 0 && lines[number][0] is '{' or '[', result.ToString());
        return JsonDocument.Parse(lines[number]).RootElement;
    }

    private static string[] Lines(CommandResult result, string start) => [.. result.Output.Split('\n').Where(l => l.StartsWith(start, StringComparison.Ordinal))];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
