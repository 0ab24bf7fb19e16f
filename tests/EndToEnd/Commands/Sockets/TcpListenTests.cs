namespace Fathom.EndToEnd.Commands.Sockets;

/// <summary><c>fathom tcp listen</c> with nc and Python as its clients.</summary>
public sealed class TcpListenTests
{
    [Fact]
    public async Task Many_clients_of_nc_get_their_own_echo_after_a_half_close()
    {
        var result = await SocketCommands.RunAsync("""
            fathom tcp listen 7000 --echo -c 20 > log &
            until_listening 7000
            for i in $(seq 10); do (printf "number $i" | nc -N 127.0.0.1 7000 | grep -qx "number $i" && echo ok) & c="$c $!"; done
            for i in $(seq 10); do (printf "sixth $i" | nc -N ::1 7000 | grep -qx "sixth $i" && echo ok) & c="$c $!"; done
            wait $c; wait; tail -1 log
            """);

        Assert.Equal(20, result.Output.Split('\n').Count(static l => l == "ok"));
        Assert.Contains("served 20 clients", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reset", "reset")]
    [InlineData("wait", "timeout")]
    public async Task A_client_beyond_the_limit_gets_what_was_chosen(string whenFull, string seen)
    {
        var result = await SocketCommands.RunAsync($$"""
            fathom tcp listen 127.0.0.1:7000 --echo --max-clients 1 --when-full {{whenFull}} > log &
            until_listening 7000
            python3 -c "
            import socket
            a = socket.create_connection(('127.0.0.1', 7000)); a.sendall(b'a'); assert a.recv(1) == b'a'
            # Who is reset learns it when it sends, when it reads, or before connect() returns.
            try:
                b = socket.create_connection(('127.0.0.1', 7000)); b.settimeout(1 if '{{whenFull}}' == 'wait' else 20)
                b.sendall(b'b'); print(b.recv(1))
            except (ConnectionResetError, BrokenPipeError): print('reset')
            except TimeoutError: print('timeout')
            a.close()
            if '{{whenFull}}' == 'wait': b.settimeout(20); print(b.recv(1))"
            """);

        Assert.StartsWith(seen, result.Output, StringComparison.Ordinal);
        if (whenFull == "wait") Assert.Contains("b'b'", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_not_read_from_either_and_idles_out()
    {
        var result = await SocketCommands.RunAsync("""
            fathom tcp listen 127.0.0.1:7000 --echo --idle 1 -c 1 > log & server=$!
            until_listening 7000
            python3 -c "
            import socket
            s = socket.create_connection(('127.0.0.1', 7000)); s.settimeout(0.7); n = 0
            # A busy machine may wake this only when the server has given up already.
            try:
                while n < 1_000_000_000: n += s.send(bytes(65536))
            except (TimeoutError, ConnectionError): print('blocked', n < 50_000_000)
            s.settimeout(20)
            try:
                while s.recv(65536): pass
                print('end')
            except ConnectionResetError: print('reset')"
            wait $server; grep progress log
            """);

        Assert.Contains("blocked True", result.Output, StringComparison.Ordinal);
        Assert.Contains("no progress", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_clients_send_is_printed_safely_and_the_limit_of_octets_holds()
    {
        var result = await SocketCommands.RunAsync("""
            fathom tcp listen 127.0.0.1:7000 --max-bytes 40 -c 2 > log &
            until_listening 7000
            printf 'one\ntwo\033[2J\377' | nc -N 127.0.0.1 7000
            head -c 1000 /dev/zero | tr '\0' x | nc -N 127.0.0.1 7000
            wait; cat log
            """);

        Assert.Contains("#1 < one\\x0A\n#1 < two\\x1B[2J\\xFF\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("#2 closed here: its limit of octets: 40 octets in", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_it_with_the_sum_and_its_clients_with_FIN()
    {
        var result = await SocketCommands.RunAsync("""
            fathom tcp listen 127.0.0.1:7000 --echo > log & server=$!
            until_listening 7000
            python3 -c "
            import socket
            s = socket.create_connection(('127.0.0.1', 7000)); s.sendall(b'abc'); assert s.recv(3) == b'abc'; open('ready', 'w').close()
            print('end' if s.recv(1) == b'' else 'octets')" & client=$!
            until_true [ -e ready ]
            kill -TERM $server; wait $server; echo "status $?"; wait $client; tail -2 log
            """);

        Assert.Contains("status 0", result.Output, StringComparison.Ordinal);
        Assert.Contains("end\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("#1 closed here: the server stops: 3 octets in, 3 out", result.Output, StringComparison.Ordinal);
        Assert.Contains("served 1 client, at most 1 at once: 3 octets in, 3 out", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_names_who_holds_it_and_what_SO_REUSEADDR_changes()
    {
        var result = await SocketCommands.RunAsync("""
            nc -kl 127.0.0.1 7001 > /dev/null &
            until_listening 7001
            echo "== listening"; fathom tcp listen 127.0.0.1:7001 2>&1; echo "status $?"
            python3 -c "
            import socket
            s = socket.create_server(('127.0.0.1', 7000)); c = socket.create_connection(('127.0.0.1', 7000)); a, _ = s.accept()
            a.close(); c.recv(1); c.close(); s.close()"
            echo "== without"; fathom tcp listen 127.0.0.1:7000 --reuse-address=false 2>&1; echo "status $?"
            echo "== with"; fathom tcp listen 127.0.0.1:7000 --timeout 0.2; echo "status $?"
            """);

        Assert.Contains("in LISTEN, of nc (", result.Section("listening"), StringComparison.Ordinal);
        Assert.EndsWith("status 3\n", result.Section("listening"), StringComparison.Ordinal);
        Assert.Contains("in TIME-WAIT", result.Section("without"), StringComparison.Ordinal);
        Assert.EndsWith("status 3\n", result.Section("without"), StringComparison.Ordinal);
        Assert.EndsWith("status 0\n", result.Section("with"), StringComparison.Ordinal);
    }
}
