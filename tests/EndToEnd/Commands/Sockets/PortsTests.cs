using System.Globalization;
using System.Text.RegularExpressions;

namespace Fathom.EndToEnd.Commands.Sockets;

/// <summary><c>fathom ports</c> beside ss and getent; the scan beside the rules of nftables that make its states.</summary>
public sealed partial class PortsTests
{
    [Fact]
    public async Task What_listens_and_its_processes_are_those_of_ss()
    {
        var result = await SocketCommands.RunAsync("""
            nc -kl 127.0.0.1 7000 > /dev/null &
            nc -kl ::1 7001 > /dev/null &
            nc -ul 127.0.0.1 7002 > /dev/null &
            python3 -c "
            import socket, time
            s = socket.create_server(('', 7003)); t = socket.create_server(('', 7004), family=socket.AF_INET6, dualstack_ipv6=True); time.sleep(1000)" &
            until_listening 7000; until_listening 7001; until_listening 7002 udp; until_listening 7004
            echo "== ss"; ss -Htulnp
            echo "== fathom"; fathom ports --output json
            """);

        var theirs = result.Section("ss").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l =>
        {
            var cells = l.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return $"{cells[0]} {cells[4].Replace("*", "[::]", StringComparison.Ordinal)} {Process().Match(l).Groups[1].Value}";
        });
        var ours = result.Json("fathom").GetProperty("sockets").EnumerateArray().Select(static s =>
        {
            var address = s.GetProperty("address").GetString()!;
            return string.Create(CultureInfo.InvariantCulture, $"{s.GetProperty("transport").GetString()} {(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{s.GetProperty("port").GetInt32()} {s.GetProperty("owners")[0].GetProperty("pid").GetInt32()}");
        });
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        Assert.Equal(5, ours.Count());
    }

    [Fact]
    public async Task Connections_have_the_states_of_ss()
    {
        var result = await SocketCommands.RunAsync("""
            python3 -c "
            import socket, time
            s = socket.create_server(('127.0.0.1', 7000))
            c = socket.create_connection(('127.0.0.1', 7000)); a, _ = s.accept()
            d = socket.create_connection(('127.0.0.1', 7000)); b, _ = s.accept(); d.shutdown(socket.SHUT_WR)
            e = socket.create_connection(('127.0.0.1', 7000)); f, _ = s.accept(); e.close(); f.recv(1); f.close()
            open('ready', 'w').close(); time.sleep(1000)" &
            is_settled() { [ -e ready ] && [ -z "$(ss -Htan | grep -E '^(FIN-WAIT-1|LAST-ACK|CLOSING)')" ]; }; until_true is_settled
            echo "== ss"; ss -Htan
            echo "== fathom"; fathom ports --all --tcp --output json
            """);

        static string Name(string state) => state switch { "ESTAB" => "ESTABLISHED", _ => state };
        var theirs = result.Section("ss").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(static c => $"{Name(c[0])} {c[3]}");
        var ours = result.Json("fathom").GetProperty("sockets").EnumerateArray().Select(static s => $"{s.GetProperty("state").GetString()} {s.GetProperty("address").GetString()}:{s.GetProperty("port").GetInt32()}");
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        Assert.Contains(ours, static s => s.StartsWith("TIME-WAIT", StringComparison.Ordinal));
        Assert.Contains(ours, static s => s.StartsWith("CLOSE-WAIT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scan_tells_the_states_apart_with_the_reason()
    {
        var result = await SocketCommands.RunAsync("""
            nft 'add table inet t; add chain inet t i { type filter hook input priority 0; }'
            nft 'add rule inet t i tcp dport 81 drop; add rule inet t i tcp dport 82 reject; add rule inet t i tcp dport 83 reject with icmpx admin-prohibited; add rule inet t i tcp dport 84 reject with tcp reset'
            nc -kl 127.0.0.1 7000 > /dev/null & until_listening 7000
            echo "== scan"; fathom ports scan 127.0.0.1 80-84,7000 --output json
            echo "== text"; fathom ports scan 127.0.0.1 80-84,7000 --explain
            """);

        var ports = result.Json("scan").GetProperty("ports").EnumerateArray().ToDictionary(static p => p.GetProperty("port").GetInt32(), static p => (State: p.GetProperty("state").GetString(), Reason: p.GetProperty("reason").GetString()!));
        Assert.Equal("refused filtered prohibited prohibited refused open", string.Join(' ', new[] { 80, 81, 82, 83, 84, 7000 }.Select(p => ports[p].State)));
        Assert.Equal("RST", ports[80].Reason);
        Assert.Contains("port unreachable from 127.0.0.1", ports[82].Reason, StringComparison.Ordinal);
        Assert.Contains("prohibited from 127.0.0.1", ports[83].Reason, StringComparison.Ordinal);
        Assert.All(result.Section("text").Split('\n'), static l => Assert.True(l.Length <= 80, l));
    }

    [Fact]
    public async Task Rejections_beyond_the_rate_of_ICMP_are_not_taken_for_silence()
    {
        var result = await SocketCommands.RunAsync("""
            unshare -n sleep 1000 & other=$!
            is_apart() { [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; }
            until_true is_apart
            ip link add v0 type veth peer name v1 netns $other; ip addr add 192.0.2.1/24 dev v0; ip link set v0 up
            nsenter -t $other -n sh -c "ip link set lo up; ip addr add 192.0.2.2/24 dev v1; ip link set v1 up; nft 'add table inet t; add chain inet t i { type filter hook input priority 0; }; add rule inet t i tcp dport 100-119 reject'"
            ping -q -c 1 -W 5 192.0.2.2 > /dev/null
            echo "== scan"; fathom ports scan 192.0.2.2 100-119 --output json
            """);

        // Twenty ports are rejected; a Linux host says so of six at once, and then once a second.
        Assert.All(result.Json("scan").GetProperty("ports").EnumerateArray(), static p => Assert.Equal("prohibited", p.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task The_registry_is_that_of_getent()
    {
        var result = await SocketCommands.RunAsync("""
            for n in ssh domain www ntp imaps ldap; do for t in tcp udp; do getent services $n/$t; done; done | awk '{print $1, $2}' | sort -u
            echo "== fathom"; for n in ssh domain www ntp imaps ldap; do fathom ports $n --output ndjson; done
            """);

        var theirs = result.Output[..result.Output.IndexOf("== fathom", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var ours = result.Section("fathom").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => System.Text.Json.JsonDocument.Parse(l).RootElement)
            .SelectMany(static d => d.GetProperty("registered").EnumerateArray().Select(r => $"{r.GetProperty("name").GetString()} {d.GetProperty("port").GetInt32()}/{r.GetProperty("transport").GetString()}"));
        Assert.NotEmpty(theirs);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"pid=(\d+)")]
    private static partial Regex Process();
}
