using Fathom.EndToEnd.Commands.Sockets;

namespace Fathom.EndToEnd.Stack;

/// <summary>Octets between the kernel's TCP and Fathom's, both ways, every one compared. The long runs are <c>tests/EndToEnd/Stack/transfers.sh</c>.</summary>
public sealed class TransferTests
{
    // transfer HOST LENGTH: what is sent to echo comes back the same, while it is sent; and the octets that the page makes are those that it says.
    private const string Program = """
        cat > transfer.py <<'EOF'
        import hashlib, socket, sys, threading, urllib.request
        host, length = sys.argv[1], int(sys.argv[2])
        data = (bytes(range(256)) + bytes(range(251))) * (length // 507 + 1)
        data = data[:length]
        s = socket.create_connection((host, 7), timeout=120)
        def send():
            s.sendall(data); s.shutdown(socket.SHUT_WR)
        t = threading.Thread(target=send); t.start()
        back = bytearray()
        while True:
            piece = s.recv(1 << 16)
            if not piece: break
            back += piece
        t.join(); s.close()
        print('echo', 'same' if back == data else 'different %d of %d' % (len(back), length))
        body = urllib.request.urlopen('http://%s/bytes/%d' % ('[%s]' % host if ':' in host else host, length), timeout=120).read()
        print('page', 'same' if body == (bytes(range(251)) * (length // 251 + 1))[:length] else 'different %d' % len(body))
        EOF

        """;

    [Theory]
    [InlineData(1280, "--vnet")]
    [InlineData(1280, "--no-vnet")]
    [InlineData(1500, "--vnet")]
    [InlineData(1500, "--no-vnet")]
    [InlineData(9000, "--vnet")]
    [InlineData(9000, "--no-vnet")]
    [InlineData(65520, "--vnet")]
    [InlineData(65520, "--no-vnet")]
    public async Task All_octets_arrive_at_every_MTU_over_both_versions(int mtu, string offloads)
    {
        var result = (await StackCommands.RunAsync(Program + $"""
            host_up --serve echo,http --mtu {mtu} {offloads}
            echo "== transfers"; python3 transfer.py 10.77.0.2 5000000; python3 transfer.py fd77::2 5000000
            host_down
            """)).OrFail();
        Assert.Equal("echo same\npage same\necho same\npage same\nexit status 0\n", result.Section("transfers"));
    }

    [Fact]
    public async Task A_folders_files_are_fetched_and_nothing_beside_it()
    {
        var result = (await StackCommands.RunAsync("""
            mkdir shop; head -c 3000000 /dev/urandom > shop/stock.bin; echo secret > outside
            host_up --serve echo --serve http:shop
            echo "== fetch"
            curl -s --max-time 60 http://10.77.0.2/stock.bin | cmp - shop/stock.bin && echo same
            curl -s --max-time 60 -o /dev/null -w '%{http_code}\n' --path-as-is http://10.77.0.2/../outside
            curl -s --max-time 60 -o /dev/null -w '%{http_code}\n' 'http://[fd77::2]/absent'
            host_down
            echo "== fault"; fathom host up --tun ft1 --address 10.78.0.2/24 --serve http:nowhere; echo "status $?"
            """)).OrFail();
        Assert.Equal("same\n404\n404\nexit status 0\n", result.Section("fetch"));
        Assert.Contains("status 2", result.Section("fault"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--vnet")]
    [InlineData("--no-vnet")]
    public async Task The_least_MTU_of_old_carries_it_too(string offloads)
    {
        var result = (await StackCommands.RunAsync(Program + $"""
            start_host --tun ft0 --serve echo,http --mtu 576 {offloads}
            echo "== transfers"; python3 transfer.py 10.77.0.2 3000000
            host_down
            """)).OrFail();
        Assert.Equal("echo same\npage same\nexit status 0\n", result.Section("transfers"));
    }

    [Theory]
    [InlineData(1, 3_000_000)]
    [InlineData(5, 600_000)]
    [InlineData(20, 60_000)]
    public async Task What_a_filter_drops_is_sent_again(int percent, int length)
    {
        var result = (await StackCommands.RunAsync(Program + $$"""
            host_up --serve echo,http --no-vnet
            nft -f - <<'EOF'
            table inet lossy {
                chain in { type filter hook input priority 0; iifname ft0 meta l4proto tcp numgen random mod 100 < {{percent}} counter drop; }
                chain out { type filter hook output priority 0; oifname ft0 meta l4proto tcp numgen random mod 100 < {{percent}} counter drop; }
            }
            EOF
            echo "== transfers"; python3 transfer.py 10.77.0.2 {{length}}; python3 transfer.py fd77::2 {{length}}
            echo "== dropped"; nft list table inet lossy | grep -o 'packets [0-9]*'
            host_down
            """)).OrFail();
        Assert.Equal("echo same\npage same\necho same\npage same\n", result.Section("transfers"));
        Assert.DoesNotContain("packets 0\n", result.Section("dropped"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curl_fetches_and_the_kernel_agrees_on_options()
    {
        var result = (await StackCommands.RunAsync("""
            host_up --serve http
            echo "== page"; curl -s --max-time 20 http://10.77.0.2/ | head -2
            echo "== hello"; curl -s --max-time 20 'http://[fd77::2]/hello'
            echo "== size"; curl -s --max-time 60 -o body -w '%{size_download} %{http_code}\n' http://10.77.0.2/bytes/20000000; stat -c %s body
            echo "== options"
            python3 - <<'EOF'
            import socket
            s = socket.create_connection(('10.77.0.2', 80), timeout=20)
            info = s.getsockopt(6, 11, 104)  # TCP_INFO: the options agreed on are in octet 5
            print('timestamps', info[5] & 1, 'sack', info[5] >> 1 & 1, 'window scale', info[5] >> 2 & 1)
            EOF
            host_down
            """)).OrFail();
        Assert.StartsWith("<!doctype html>", result.Section("page"), StringComparison.Ordinal);
        Assert.StartsWith("hello [fd77::1]:", result.Section("hello"), StringComparison.Ordinal);
        Assert.Equal("20000000 200\n20000000\n", result.Section("size"));

        // The kernel's own words (RFC 7323, RFC 2018).
        Assert.StartsWith("timestamps 1 sack 1 window scale 1\n", result.Section("options"), StringComparison.Ordinal);
    }
}
