using Fathom.EndToEnd.Commands.Sockets;

namespace Fathom.EndToEnd.Stack;

/// <summary>A router in between carries less than either end knows, and its ICMP messages are lost: segments of a size vanish (RFC 2923 §2.1).</summary>
public sealed class BlackHoleTests
{
    // hole MTU: behind the host's device a router, and behind it a second kernel, 10.88.0.2 and fd88::2, in a namespace of its own ("inside COMMAND"). Both ends have MTU 1500.
    private const string Router = """
        hole() {
            unshare -n sleep 600 & other=$!
            until_true is_apart
            ip link add r0 type veth peer name s0 netns $other
            ip addr add 10.88.0.1/24 dev r0; ip -6 addr add fd88::1/64 dev r0 nodad; ip link set r0 up
            inside ip addr add 10.88.0.2/24 dev s0; inside ip -6 addr add fd88::2/64 dev s0 nodad; inside ip link set s0 up; inside ip link set lo up
            inside ip route add default via 10.88.0.1; inside ip -6 route add default via fd88::1
            until_usable fd88::1; inside bash -c 'until_usable fd88::2'
            echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
            ip link set $2 mtu $1
            nft "add table inet t; add chain inet t o { type filter hook output priority 0; }
                add rule inet t o icmp type destination-unreachable drop; add rule inet t o icmpv6 type packet-too-big drop"
        }
        is_apart() { [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; }
        inside() { nsenter -t $other -n "$@"; }

        """;

    [Theory]
    [InlineData("10.77.0.2")]
    [InlineData("fd77::2")]
    public async Task Fathoms_segments_become_small_enough_and_then_as_large_as_they_may_be(string host)
    {
        var result = (await StackCommands.RunAsync(Router + $"""
            host_up --serve http --no-vnet --trace
            hole 1380 r0
            echo "== fetch"
            inside python3 - <<'EOF'
            import urllib.request
            host = '{host}'
            body = urllib.request.urlopen('http://%s/bytes/3000000' % ('[%s]' % host if ':' in host else host), timeout=60).read()
            print('same' if body == (bytes(range(251)) * 12000)[:3000000] else 'different %d' % len(body))
            EOF
            host_down
            echo "== sizes"; grep -o 'path MTU .*' up
            """)).OrFail();
        Assert.Equal("same\nexit status 0\n", result.Section("fetch"));
        var sizes = result.Section("sizes");
        Assert.StartsWith("path MTU lowered", sizes, StringComparison.Ordinal);
        Assert.Contains("path MTU raised", sizes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kernels_probing_gets_through_to_Fathom()
    {
        var result = (await StackCommands.RunAsync(Router + """
            host_up --serve echo --no-vnet
            hole 1300 ft0
            inside sh -c 'echo 1 > /proc/sys/net/ipv4/tcp_mtu_probing'
            echo "== echo"
            inside python3 - <<'EOF'
            import socket, threading
            data = (bytes(range(251)) * 4000)[:1000000]
            s = socket.create_connection(('10.77.0.2', 7), timeout=60)
            def send(): s.sendall(data); s.shutdown(socket.SHUT_WR)
            threading.Thread(target=send).start()
            got = bytearray()
            while True:
                piece = s.recv(65536)
                if not piece: break
                got += piece
            print('same' if got == data else 'different %d' % len(got))
            EOF
            host_down
            """)).OrFail();
        Assert.Equal("same\nexit status 0\n", result.Section("echo"));
    }
}
