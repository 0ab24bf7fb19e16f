using Fathom.EndToEnd.Commands.Sockets;

namespace Fathom.EndToEnd.Stack;

/// <summary>The kernel's own tools reach a host of Fathom's stack: ping, arping, traceroute, UDP.</summary>
public sealed class ReachTests
{
    // ping(8) waits for the last answer of several for an interval only, whatever -W says: a second.
    [Theory]
    [InlineData("--vnet")]
    [InlineData("--no-vnet")]
    public async Task Ping_is_answered_whole_and_in_fragments(string offloads)
    {
        var result = (await StackCommands.RunAsync($"""
            host_up {offloads}
            echo "== ping"
            ping -c 2 -i 1 -W 20 10.77.0.2
            ping -6 -c 2 -i 1 -W 20 fd77::2
            ping -c 1 -s 20000 -W 20 10.77.0.2
            ping -6 -c 1 -s 20000 -W 20 fd77::2
            ping -c 1 -s 1472 -M do -W 20 10.77.0.2
            host_down
            """)).OrFail();
        Assert.Equal(5, Count(result.Section("ping"), " 0% packet loss"));
        Assert.Contains("exit status 0", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arping_and_ping_find_it_on_TAP_at_its_MAC_address()
    {
        var result = (await StackCommands.RunAsync("""
            tap_up --mac 02:00:00:00:00:77
            until_true ping -6 -c 1 -W 1 fd77::2 > /dev/null
            echo "== arping"; arping -c 2 -w 20 -I ft0 10.77.0.2
            echo "== duplicate"; arping -D -c 1 -w 20 -I ft0 10.77.0.2; echo "status $?"
            echo "== ping"; ping -c 2 -i 1 -W 20 10.77.0.2; ping -6 -c 2 -i 1 -W 20 fd77::2
            echo "== neighbors"; ip neighbor show dev ft0
            host_down
            """)).OrFail();
        Assert.Contains("[02:00:00:00:00:77]", result.Section("arping"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Received 2 response", result.Section("arping"), StringComparison.Ordinal);

        // Duplicate address detection of another host finds that the address is taken (RFC 5227 §2.1.1).
        Assert.Contains("status 1", result.Section("duplicate"), StringComparison.Ordinal);
        Assert.Equal(2, Count(result.Section("ping"), " 0% packet loss"));
        Assert.Contains("10.77.0.2 lladdr 02:00:00:00:00:77", result.Section("neighbors"), StringComparison.Ordinal);
        Assert.Contains("fd77::2 lladdr 02:00:00:00:00:77", result.Section("neighbors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Traceroute_arrives_in_one_hop_by_port_unreachable()
    {
        var result = (await StackCommands.RunAsync("""
            host_up
            echo "== v4"; traceroute -n -q 1 -m 3 -w 5 10.77.0.2
            echo "== v6"; traceroute -6 -n -q 1 -m 3 -w 5 fd77::2
            host_down
            """)).OrFail();
        Assert.Matches(@"\n 1  10\.77\.0\.2  [0-9.]+ ms\n(exit|$|==)?", result.Section("v4"));
        Assert.Matches(@"\n 1  fd77::2  [0-9.]+ ms\n(exit|$|==)?", result.Section("v6"));
        Assert.DoesNotContain("\n 2 ", result.Section("v4"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datagrams_come_back_as_they_were_of_any_length()
    {
        var result = (await StackCommands.RunAsync("""
            host_up --serve echo,discard,chargen,daytime
            echo "== udp"
            python3 - <<'EOF'
            import os, socket
            for family, host in ((socket.AF_INET, '10.77.0.2'), (socket.AF_INET6, 'fd77::2')):
                s = socket.socket(family, socket.SOCK_DGRAM); s.settimeout(10)
                for length in (0, 1, 1472, 1473, 9000, 65507 if family == socket.AF_INET else 65527):
                    data = os.urandom(length); s.sendto(data, (host, 7))
                    answer, peer = s.recvfrom(70000)
                    print('same' if answer == data and peer[:2] == (host, 7) else 'different', length)
                s.sendto(b'x' * 40, (host, 19)); print('chargen', len(s.recvfrom(1000)[0]))
                s.sendto(b'', (host, 13)); print('daytime', s.recvfrom(1000)[0].decode().strip()[-3:])
                s.connect((host, 4)); s.send(b'anyone?')
                try: s.recv(10)
                except ConnectionRefusedError: print('refused')
            EOF
            host_down
            """)).OrFail();
        Assert.Equal(12, Count(result.Section("udp"), "same "));
        Assert.Equal(2, Count(result.Section("udp"), "chargen 40"));
        Assert.Equal(2, Count(result.Section("udp"), "daytime UTC"));
        Assert.Equal(2, Count(result.Section("udp"), "refused"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
