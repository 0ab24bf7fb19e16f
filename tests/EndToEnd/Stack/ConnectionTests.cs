using System.Globalization;
using System.Text.RegularExpressions;
using Fathom.EndToEnd.Commands.Sockets;

namespace Fathom.EndToEnd.Stack;

/// <summary>Connections of the kernel's that are more than a transfer: half-closed, reset, stalled, kept alive, many.</summary>
public sealed partial class ConnectionTests
{
    [Fact]
    public async Task A_half_closed_connection_is_answered_to_its_end()
    {
        var result = (await StackCommands.RunAsync("""
            host_up --serve echo,daytime
            echo "== half"
            python3 - <<'EOF'
            import socket
            s = socket.create_connection(('10.77.0.2', 7), timeout=20)
            s.sendall(b'last words'); s.shutdown(socket.SHUT_WR)
            got = b''
            while True:
                piece = s.recv(100)
                if not piece: break
                got += piece
            print(got.decode())
            s = socket.create_connection(('10.77.0.2', 13), timeout=20)
            got = b''
            while True:
                piece = s.recv(100)
                if not piece: break
                got += piece
            print(got.decode().strip()[-3:])
            EOF
            host_down
            """)).OrFail();
        Assert.Equal("last words\nUTC\nexit status 0\n", result.Section("half"));
    }

    [Fact]
    public async Task Both_may_close_at_the_same_time()
    {
        // Both FINs are kept from arriving, so that each side has sent its own before it sees the other's. The kernel's comes first when they may pass.
        var result = (await StackCommands.RunAsync("""
            host_up --serve daytime --trace
            nft 'add table inet t; add chain inet t i { type filter hook input priority 0; }; add chain inet t o { type filter hook output priority 0; }'
            nft 'add rule inet t i iifname ft0 tcp flags & fin == fin drop; add rule inet t o oifname ft0 tcp flags & fin == fin drop'
            python3 - <<'EOF'
            import socket, subprocess
            s = socket.create_connection(('10.77.0.2', 13), timeout=20)
            s.shutdown(socket.SHUT_WR)
            subprocess.run(['nft', 'delete chain inet t o'], check=True)
            for _ in range(200):
                if 'FIN-WAIT-1 to CLOSING' in open('up').read(): break
                subprocess.run(['sleep', '0.05'])
            subprocess.run(['nft', 'flush ruleset'], check=True)
            got = b''
            while True:
                piece = s.recv(100)
                if not piece: break
                got += piece
            print('== close'); print(got.decode().strip()[-3:])
            EOF
            until_true grep -q 'to TIME-WAIT' up
            host_down
            echo "== trace"; grep ' to ' up
            """)).OrFail();
        Assert.Equal("UTC\nexit status 0\n", result.Section("close"));
        Assert.Matches("ESTABLISHED to FIN-WAIT-1.*\n.*FIN-WAIT-1 to CLOSING: a FIN came\n.*CLOSING to TIME-WAIT: the FIN is acknowledged\n", result.Section("trace"));
    }

    [Fact]
    public async Task Resets_go_both_ways()
    {
        var result = (await StackCommands.RunAsync("""
            host_up --serve echo --output ndjson --trace
            echo "== reset"
            python3 - <<'EOF'
            import socket, struct
            try: socket.create_connection(('10.77.0.2', 4), timeout=20)
            except ConnectionRefusedError: print('refused v4')
            try: socket.create_connection(('fd77::2', 4), timeout=20)
            except ConnectionRefusedError: print('refused v6')
            s = socket.create_connection(('10.77.0.2', 7), timeout=20)
            s.sendall(b'x'); s.recv(1)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)); s.close()
            EOF
            until_true grep -q 'an RST came' up
            grep -c 'an RST came' up
            python3 - <<'EOF'
            import socket
            s = socket.create_connection(('10.77.0.2', 7), timeout=20); s.sendall(b'x'); s.recv(1)
            open('open', 'w').close()
            try: print('read', len(s.recv(1)))
            except ConnectionResetError: print('reset')
            EOF
            """ + "\nhost_down\n")).OrFail();
        Assert.StartsWith("refused v4\nrefused v6\n1\n", result.Section("reset"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_closes_and_opens_again_loses_nothing()
    {
        var result = (await StackCommands.RunAsync("""
            host_up --serve http
            echo "== stall"
            python3 - <<'EOF'
            import socket, subprocess, time
            s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096); s.settimeout(30)
            s.connect(('10.77.0.2', 80)); s.sendall(b'GET /bytes/400000 HTTP/1.0\r\n\r\n')
            time.sleep(2.5)
            got = b''
            while True:
                piece = s.recv(65536)
                if not piece: break
                got += piece
            body = got.split(b'\r\n\r\n', 1)[1]
            print('same' if body == (bytes(range(251)) * 2000)[:400000] else 'different %d' % len(body))
            EOF
            host_down
            """)).OrFail();
        Assert.Equal("same\nexit status 0\n", result.Section("stall"));
    }

    [Fact]
    public async Task The_kernels_keep_alives_are_answered()
    {
        var result = (await StackCommands.RunAsync("""
            host_up --serve echo --trace
            echo "== idle"
            python3 - <<'EOF'
            import socket, time
            s = socket.create_connection(('10.77.0.2', 7), timeout=20)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            s.setsockopt(6, 4, 1); s.setsockopt(6, 5, 1); s.setsockopt(6, 6, 2)  # TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT
            time.sleep(4.5)
            s.sendall(b'still here'); print(s.recv(100).decode())
            EOF
            host_down
            """)).OrFail();
        Assert.Equal("still here\nexit status 0\n", result.Section("idle"));
    }

    [Fact]
    public async Task A_thousand_connections_leave_nothing_open()
    {
        var result = (await StackCommands.RunAsync("""
            host_up --serve echo,daytime --output ndjson
            python3 - <<'EOF'
            import socket
            for i in range(1000):
                s = socket.create_connection(('10.77.0.2' if i % 2 else 'fd77::2', 7 if i % 3 else 13), timeout=20)
                if i % 3: s.sendall(b'x' * 100)
                if i % 5: s.recv(100)
                # What has come and is not read: a reset. If it came behind the FIN, the kernel's reset would bear the number before the FIN, which is an old one to the peer
                # (RFC 5961, section 3): the host would be in CLOSING until its retransmission is reset again.
                elif i % 3 == 0: s.recv(1, socket.MSG_PEEK)
                s.close()
            EOF
            # What was sent before this ping has been taken in when it is answered.
            none_is_open() { [ -z "$(ss -Htan exclude time-wait exclude listening)" ]; }
            until_true none_is_open; ping -c 1 -W 10 10.77.0.2 > /dev/null
            host_down > ended
            echo "== down"; tail -1 up
            """)).OrFail();
        var down = result.Json("down");
        Assert.Equal(0, down.GetProperty("tcp").GetProperty("open").GetInt32());
        var served = down.GetProperty("services").EnumerateArray().Where(static s => s.GetProperty("transport").GetString() == "tcp").Sum(static s => s.GetProperty("count").GetInt64());
        Assert.Equal(1000, served);
        Assert.Equal(0, down.GetProperty("frames").GetProperty("lost").GetInt64());
    }

    [Fact]
    public async Task The_trace_shows_the_handshake_and_its_states()
    {
        var result = (await StackCommands.RunAsync("""
            host_up --serve daytime --trace
            nc -w 10 10.77.0.2 13 > /dev/null
            host_down > ended
            echo "== trace"; cat up
            """)).OrFail();
        var lines = result.Section("trace").Split('\n');
        Assert.All(lines, static l => Assert.True(l.Length <= 80, l));
        var order = new[] { @"< #1 SYN seq \d+ win \d+ mss 1460", "LISTEN to SYN-RECEIVED: a SYN came", @"> #1 SYN, ACK seq \d{3,} ack 1 ", "< #1 ACK seq 1 ack 1 ", "SYN-RECEIVED to ESTABLISHED", "> #1 FIN, PSH, ACK seq 1-", "FIN-WAIT-1 to FIN-WAIT-2", "FIN-WAIT-2 to TIME-WAIT" };
        var at = 0;
        foreach (var pattern in order)
        {
            at = Array.FindIndex(lines, at, l => Regex.IsMatch(l, pattern, RegexOptions.CultureInvariant));
            Assert.True(at >= 0, pattern.ToString(CultureInfo.InvariantCulture) + "\n" + result.Section("trace"));
        }
    }
}
