namespace Fathom.EndToEnd.Commands.Sockets;

/// <summary><c>fathom udp</c> with Python, nftables and tshark on the other side.</summary>
public sealed class UdpTests
{
    [Fact]
    public async Task Reply_silence_unreachable_and_rejection_are_told_apart()
    {
        var result = await SocketCommands.RunAsync("""
            nft 'add table inet t; add chain inet t i { type filter hook input priority 0; }'
            nft 'add rule inet t i udp dport 81 drop; add rule inet t i udp dport 83 reject with icmpx admin-prohibited'
            python3 -c "
            import socket
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 7000))
            d, a = s.recvfrom(100); s.sendto(d[::-1], a)" &
            until_listening 7000 udp
            for p in 7000 80 81 83; do echo "== $p"; fathom udp send 127.0.0.1 $p abc --timeout 2 --output json; echo $? > status.$p; done
            echo "== status"; cat status.7000 status.80 status.81 status.83
            """);

        Assert.Equal(["answered", "portUnreachable", "silent", "rejected"], new[] { "7000", "80", "81", "83" }.Select(p => result.Json(p).GetProperty("datagrams")[0].GetProperty("outcome").GetString()));
        Assert.Equal("cba", result.Json("7000").GetProperty("datagrams")[0].GetProperty("reply").GetString());
        Assert.Equal("127.0.0.1", result.Json("80").GetProperty("datagrams")[0].GetProperty("reportedBy").GetString());
        Assert.Equal("0\n1\n1\n1\n", result.Section("status"));
    }

    [Fact]
    public async Task The_octets_shown_are_those_that_tshark_reads()
    {
        var result = await SocketCommands.RunAsync("""
            tcpdump -q -i lo --immediate-mode -U -w c.pcap udp 2>dumping & dump=$!
            until_true grep -q listening dumping
            nc -ul 127.0.0.1 7000 > got & until_listening 7000 udp
            echo "== fathom"; fathom udp send 127.0.0.1 7000 --hex '00 ff 0a 41' --timeout 0.2 --output json
            has_it() { [ -s got ] && tcpdump -nr c.pcap | grep -q .; }
            until_true has_it
            echo "== tshark"; tshark --disable-protocol bpv7 -r c.pcap -T fields -E separator=, -e udp.srcport -e udp.length -e udp.payload 2>/dev/null
            echo "== got"; xxd -p got 2>/dev/null || od -An -tx1 got
            """);

        var fields = result.Section("tshark").Trim().Split(',');
        var octets = Convert.FromHexString(result.Json("fathom").GetProperty("datagramHex").GetString()!);
        Assert.Equal(fields[0], ((octets[0] << 8) | octets[1]).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("12", fields[1]);
        Assert.Equal(fields[2], Convert.ToHexStringLower(octets.AsSpan(8)));
        Assert.Equal("00ff0a41", result.Section("got").Replace(" ", string.Empty, StringComparison.Ordinal).Trim());
    }

    [Fact]
    public async Task The_largest_datagram_passes_and_one_octet_more_is_refused_with_the_reason()
    {
        var result = await SocketCommands.RunAsync("""
            fathom udp listen 127.0.0.1:7000 --discard -c 1 > log &
            until_listening 7000 udp
            head -c 65507 /dev/zero > most; head -c 65508 /dev/zero > more; head -c 65528 /dev/zero > six
            fathom udp send 127.0.0.1 7000 --file most --timeout 0 > /dev/null; echo "status $?"
            wait; tail -1 log
            fathom udp send 127.0.0.1 7000 --file more; echo "status $?"
            fathom udp send ::1 7000 --file six; echo "status $?"
            fathom udp send 255.255.255.255 7000 x; echo "status $?"
            fathom udp send 224.0.0.1 7000 x; echo "status $?"
            """);

        Assert.Contains("65507", result.Output, StringComparison.Ordinal);
        Assert.Equal(["status 0", "status 2", "status 2", "status 2", "status 2"], result.Output.Split('\n').Where(static l => l.StartsWith("status", StringComparison.Ordinal)));
        Assert.Contains("more than 65507 octets", result.Error, StringComparison.Ordinal);
        Assert.Contains("more than 65527 octets", result.Error, StringComparison.Ordinal);
        Assert.Contains("is a broadcast address", result.Error, StringComparison.Ordinal);
        Assert.Contains("is a multicast address", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_serves_many_peers_and_notices_truncation_and_answers_that_nobody_takes()
    {
        var result = await SocketCommands.RunAsync("""
            fathom udp listen 127.0.0.1:7000 --echo --buffer 10 -c 4 --output json > log & server=$!
            until_listening 7000 udp
            python3 -c "
            import socket
            def peer():
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(20); s.connect(('127.0.0.1', 7000)); return s
            a, b = peer(), peer()
            a.send(b'a'); b.send(b'bb'); print(a.recv(100), b.recv(100))
            a.send(bytes(25)); print(len(a.recv(100)))
            # A port of an echo service: answering it could go on for ever.
            e = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); e.bind(('127.0.0.1', 19)); e.sendto(b'loop', ('127.0.0.1', 7000))
            e.settimeout(0.5)
            try: print(e.recv(100))
            except TimeoutError: print('no loop')"
            wait $server; echo "== log"; cat log
            """);

        Assert.StartsWith("b'a' b'bb'\n10\nno loop\n", result.Output, StringComparison.Ordinal);
        var log = result.Json("log");
        Assert.Equal((4, 1, 3), (log.GetProperty("datagrams").GetInt32(), log.GetProperty("truncated").GetInt32(), log.GetProperty("answered").GetInt32()));
        Assert.Equal(3, log.GetProperty("peers").GetArrayLength());
    }
}
