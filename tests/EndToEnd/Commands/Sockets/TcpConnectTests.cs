using System.Globalization;
using System.Text.Json;

namespace Fathom.EndToEnd.Commands.Sockets;

/// <summary><c>fathom tcp connect</c> against nc, Python, nftables, and what tshark and ss say of the same connection.</summary>
public sealed class TcpConnectTests
{
    [Fact]
    public async Task Octets_pass_both_ways_to_nc_and_the_end_of_the_input_is_FIN()
    {
        var result = await SocketCommands.RunAsync("""
            printf 'from nc\n' | nc -N -l 127.0.0.1 7000 > got & server=$!
            until_listening 7000
            printf 'from fathom\n' | fathom tcp connect 127.0.0.1 7000; echo "status $?"
            wait $server; cat got
            """);

        Assert.Equal("from nc\nstatus 0\nfrom fathom\n", result.Output);
    }

    [Fact]
    public async Task A_large_binary_transfer_comes_back_as_it_was()
    {
        var result = await SocketCommands.RunAsync("""
            fathom tcp listen 127.0.0.1:7000 --echo -c 1 > log &
            until_listening 7000
            head -c 50000000 /dev/urandom > sent
            fathom tcp connect 127.0.0.1 7000 < sent | cmp - sent && echo same
            wait; tail -1 log
            """);

        Assert.Contains("same", result.Output, StringComparison.Ordinal);
        Assert.Contains("50,000,000 octets in, 50,000,000 out", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_rejected_and_timed_out_are_told_apart()
    {
        var result = await SocketCommands.RunAsync("""
            nft 'add table inet t; add chain inet t i { type filter hook input priority 0; }'
            nft 'add rule inet t i tcp dport 81 drop; add rule inet t i tcp dport 82 reject; add rule inet t i tcp dport 83 reject with icmpx admin-prohibited'
            for p in 80 81 82 83; do echo "== $p"; fathom tcp connect 127.0.0.1 $p -z --timeout 0.5 --output json 2>/dev/null; echo $? > status.$p; done
            echo "== status"; cat status.*
            """);

        Assert.Equal(["refused", "timedOut", "prohibited", "prohibited"], new[] { "80", "81", "82", "83" }.Select(p => result.Json(p).GetProperty("outcome").GetString()));
        Assert.Contains("port unreachable", Reason("82"), StringComparison.Ordinal);
        Assert.Contains("admin", Reason("83"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("127.0.0.1", result.Json("82").GetProperty("attempts")[0].GetProperty("reportedBy").GetString());
        Assert.Equal("1\n1\n1\n1\n", result.Section("status"));

        string Reason(string port) => result.Json(port).GetProperty("attempts")[0].GetProperty("reason").GetString()!;
    }

    [Fact]
    public async Task Handshake_and_teardown_have_the_numbers_that_tshark_reads()
    {
        var result = await SocketCommands.RunAsync("""
            tcpdump -q -i lo --immediate-mode -U -w c.pcap tcp 2>dumping & 
            until_true grep -q listening dumping
            fathom tcp listen 127.0.0.1:7000 --echo -c 1 > /dev/null & server=$!
            until_listening 7000
            echo "== fathom"; fathom tcp connect 127.0.0.1 7000 --send hello --show-handshake --show-teardown --output json
            wait $server
            has_all() { [ "$(tcpdump -nr c.pcap 'tcp[tcpflags] & tcp-fin != 0' | wc -l)" = 2 ] && tcpdump -nr c.pcap | tail -1 | grep -q 'Flags \[\.\]'; }
            until_true has_all
            echo "== tshark"; tshark --disable-protocol bpv7 -r c.pcap -T fields -E separator=, -e tcp.srcport -e tcp.flags -e tcp.seq_raw -e tcp.ack_raw -e tcp.seq -e tcp.ack -e tcp.len -e tcp.options.mss_val -e tcp.options.wscale.shift 2>/dev/null
            """);

        var lines = result.Section("tshark").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.Split(',')).ToArray();
        var document = result.Json("fathom");
        var handshake = document.GetProperty("handshake").GetProperty("segments").EnumerateArray().ToArray();
        Assert.Equal(["SYN", "SYN, ACK", "ACK"], handshake.Select(static s => s.GetProperty("flags").GetString()));
        for (var i = 0; i < 3; i++) AssertSame(lines[i], handshake[i]);
        Assert.Equal(lines[0][7], Number(handshake[0].GetProperty("options"), "mss"));
        Assert.Equal(lines[1][8], Number(handshake[1].GetProperty("options"), "windowScale"));

        var teardown = document.GetProperty("teardown");
        Assert.Equal(("orderly", "client"), (teardown.GetProperty("kind").GetString(), teardown.GetProperty("closedFirst").GetString()));
        foreach (var segment in teardown.GetProperty("segments").EnumerateArray())
            AssertSame(Assert.Single(lines, l => l[2] == Number(segment, "seq") && l[3] == Number(segment, "ack") && IsFin(l) == segment.GetProperty("flags").GetString()!.Contains("FIN", StringComparison.Ordinal) && (l[0] == "7000") == (segment.GetProperty("from").GetString() == "server") && l[6] == Number(segment, "octets")), segment);
    }

    [Fact]
    public async Task A_server_that_closes_first_keeps_TIME_WAIT_and_ss_sees_it()
    {
        var result = await SocketCommands.RunAsync("""
            python3 -c "
            import socket
            s = socket.create_server(('127.0.0.1', 7000)); c, _ = s.accept(); c.sendall(b'bye'); c.close(); s.close()" & server=$!
            until_listening 7000
            echo "== fathom"; fathom tcp connect 127.0.0.1 7000 --show-teardown --output json < <(exec sleep 20 2>/dev/null)
            wait $server
            echo "== ss"; ss -Htan state time-wait
            """);

        // The input of the pipe never ends: that the command did, is the peer's FIN.
        var teardown = result.Json("fathom").GetProperty("teardown");
        Assert.Equal("server", teardown.GetProperty("closedFirst").GetString());
        Assert.Equal("server", teardown.GetProperty("timeWait").GetProperty("end").GetString());
        Assert.StartsWith("127.0.0.1:7000", string.Join(' ', result.Section("ss").Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_by_the_peer_is_said_and_is_status_1()
    {
        var result = await SocketCommands.RunAsync("""
            python3 -c "
            import socket, struct
            s = socket.create_server(('127.0.0.1', 7000)); c, _ = s.accept(); c.recv(1)
            c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)); c.close()" &
            until_listening 7000
            fathom tcp connect 127.0.0.1 7000 --send x --show-teardown; echo "status $?"
            """);

        Assert.Contains("reset the connection (RST)", result.Error, StringComparison.Ordinal);
        Assert.Contains("the server, by RST", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("status 1\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Abort_is_a_reset_for_Python()
    {
        var result = await SocketCommands.RunAsync("""
            python3 -c "
            import socket
            s = socket.create_server(('127.0.0.1', 7000)); c, _ = s.accept()
            try:
                while c.recv(10): pass
                print('end')
            except ConnectionResetError: print('reset')" > got & server=$!
            until_listening 7000
            fathom tcp connect 127.0.0.1 7000 --send x --abort; echo "status $?"
            wait $server; cat got
            """);

        Assert.Equal("status 0\nreset\n", result.Output);
    }

    [Fact]
    public async Task A_peer_that_is_silent_is_given_up_after_the_idle_time()
    {
        var result = await SocketCommands.RunAsync("""
            python3 -c "
            import socket, time
            s = socket.create_server(('127.0.0.1', 7000)); c, _ = s.accept(); time.sleep(1000)" &
            until_listening 7000
            fathom tcp connect 127.0.0.1 7000 --send x --idle 0.3; echo "status $?"
            """);

        Assert.Equal("status 1\n", result.Output);
        Assert.Contains("nothing moved", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_to_capture_it_says_what_the_figures_prove()
    {
        var result = await SocketCommands.RunAsync("""
            nc -l 127.0.0.1 7000 > /dev/null < /dev/null &
            until_listening 7000
            bin=$(mktemp -d /tmp/fathom-XXXXXX); cp -r "$(dirname "$(command -v fathom)")"/. $bin; chmod -R a+rX $bin
            setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all --inh-caps=-all $bin/fathom tcp connect 127.0.0.1 7000 -z --show-handshake --show-teardown; echo "status $?"
            rm -rf $bin
            """);

        Assert.Contains("Handshake, not captured", result.Output, StringComparison.Ordinal);
        Assert.Contains("SYN, SYN-ACK and ACK have passed", result.Output, StringComparison.Ordinal);
        Assert.Contains("the client first, by FIN", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("status 0\n", result.Output, StringComparison.Ordinal);
    }

    private static void AssertSame(string[] line, JsonElement segment)
    {
        Assert.Equal(line[0] == "7000" ? "server" : "client", segment.GetProperty("from").GetString());
        Assert.Equal(line[2], Number(segment, "seq"));
        if (segment.TryGetProperty("ack", out _)) Assert.Equal(line[3], Number(segment, "ack"));
        Assert.Equal(line[4], Number(segment, "relativeSeq"));
        if (segment.TryGetProperty("relativeAck", out _)) Assert.Equal(line[5], Number(segment, "relativeAck"));
        Assert.Equal(line[6], Number(segment, "octets"));
    }

    private static bool IsFin(string[] line) => (Convert.ToInt32(line[1], 16) & 1) != 0;

    private static string Number(JsonElement element, string name) => element.GetProperty(name).GetInt64().ToString(CultureInfo.InvariantCulture);
}
