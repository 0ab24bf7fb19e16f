using System.Text.Json;

namespace Fathom.EndToEnd.Commands;

/// <summary>Ctrl-C during each command that can last: it ends at once, with what is known by then, and with a status that says so.</summary>
public sealed class InterruptTests
{
    // Bash takes SIGINT from what it starts in the background; a process of Python's has it. The signal is sent when the program has
    // printed what is waited for, has read its input, or has a socket of the kind that ss lists; so no time is guessed.
    private const string Script = """
        cat > interrupt.py <<'PY'
        import fcntl, json, re, signal, struct, subprocess, sys, termios, threading, time
        ready, given, command = sys.argv[1], sys.argv[2], sys.argv[3:]
        p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        out, err = bytearray(), bytearray()
        def read(stream, into):
            while chunk := stream.read1(65536): into.extend(chunk)
        readers = [threading.Thread(target=read, args=a) for a in ((p.stdout, out), (p.stderr, err))]
        for r in readers: r.start()
        p.stdin.write(given.encode().decode('unicode_escape').encode()); p.stdin.flush()
        def is_ready():
            with open(f'/proc/{p.pid}/status') as f:
                if not any(l.startswith('SigCgt:') and int(l.split()[1], 16) & 2 for l in f): return False
            if ready == 'input': return fcntl.ioctl(p.stdin, termios.FIONREAD, b'0000') == b'\0\0\0\0'
            if ready.startswith('ss '): return f'pid={p.pid},' in subprocess.run(ready.split(), capture_output=True, text=True).stdout
            return re.search(ready, (out + err).decode(errors='replace'))
        end = time.monotonic() + 20
        while not is_ready():
            if p.poll() is not None or time.monotonic() > end:
                p.kill(); [r.join() for r in readers]
                sys.exit(f'not ready: {p.returncode}\n{out.decode()}\n{err.decode()}')
            time.sleep(0.02)
        start = time.monotonic()
        p.send_signal(signal.SIGINT)
        try: p.wait(10)
        except subprocess.TimeoutExpired: p.kill()
        took = time.monotonic() - start
        [r.join() for r in readers]
        print(json.dumps({'status': p.returncode, 'out': out.decode(), 'err': err.decode(), 'took': took}))
        PY
        # A server that takes connections and says nothing, a port that takes datagrams and says nothing, and a host that is not there.
        cat > silent.py <<'PY'
        import socket, time
        t = socket.socket(); t.bind(('127.0.0.1', 7001)); t.listen(64)
        u = socket.socket(type=socket.SOCK_DGRAM); u.bind(('127.0.0.1', 7001))
        time.sleep(600)
        PY
        python3 silent.py & until_listening 7001
        # IPv6 would speak by itself there, at a time of its own (RFC 4862 §5.4.2).
        echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
        ip link add d0 type veth peer name d1; ip addr add 192.0.2.1/24 dev d0; ip link set d0 up; ip link set d1 up; ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev d0
        printf '%s\n' 'test. 300 SOA ns.test. a.test. 1 2h 15m 1d 60' 'test. NS ns.test.' 'ns.test. A 127.0.0.1' > zone

        """;

    /// <summary>What is waited for, what the program reads, the command, its status, and what it prints on both streams.</summary>
    public static TheoryData<string, string, string, int, string, string> Lines => new()
    {
        { "icmp_seq=2", "", "ping -i 0.2 127.0.0.1", 0, "packets transmitted, [0-9]+ received, 0% packet loss", "" },
        { "PING", "", "ping 192.0.2.9", 3, "0 packets transmitted", "" },
        { "ss -Hanpw", "", "ping --sweep 192.0.2.8/29 --rate 1", 3, "0 of [0-9]+ addresses of 192.0.2.8/29 answer.*interrupted", "" },
        { "ss -Hanpw", "", "trace 192.0.2.9 -q 100", 3, "Interrupted before anything had answered", "" },
        { "listening", "", "udp listen 7002", 0, "0 datagrams of 0 peers", "" },
        { "no reply", "", "udp send 127.0.0.1 7001 x -c 1000 -t 1", 1, "interrupted: [0-9]+ datagrams?, 0 answered", "" },
        { "listening", "", "tcp listen 7002 --echo", 0, "served 0 clients", "" },
        { "input", "hello\\n", "tcp connect 127.0.0.1 7001", 0, "^$", "[06] octets sent, .*interrupted here" },
        { "input", "hello\\n", "tcp connect 127.0.0.1 7001 --info", 0, "interrupted here\n\nFigures of the connection", "" },
        { "ss -Htnp state syn-sent", "", "tcp connect 192.0.2.9 80", 3, "^$", "interrupted before there was a connection" },
        { "ss -Htnp state syn-sent", "", "ports scan 192.0.2.9 1-20", 3, "0 ports of 20, interrupted", "" },
        { "serving", "", "http serve 7002", 0, "^$", "0 requests were answered" },
        { "names", "", "dns serve zone 127.0.0.1:7003", 0, "^$", "0 queries answered" },
        { "ss -Htnp state established", "", "http http://127.0.0.1:7001/", 3, "^$", "interrupted: no whole response" },
        { "ss -Htnp state established", "", "tls 127.0.0.1:7001", 3, "^$", "interrupted before the server was judged" },
        { "ss -Htnp state established", "", "tls --starttls smtp 127.0.0.1:7001", 3, "^$", "interrupted before the server was judged" },
        { "ss -Hunp", "", "dns @127.0.0.1 -p 7001 a.test --timeout 60", 3, "^$", "interrupted before an answer came" },
        { "watching", "", "neighbors --watch", 0, "^$", "0 packets; 0 addresses moved" },
        { "ss -Htnp state established", "", "check http://127.0.0.1:7001/", 3, "The check was interrupted", "" },
        { "10.0.0.1", "10.0.0.1\\n", "ip -", 0, "^10.0.0.1 .*\n$", "^$" },
        { "00:00:5e", "00:00:5e:00:53:01\\n", "mac -", 0, "ICANN", "^$" },
        { "http://a/", "http://a/\\n", "url -", 0, "^http://a/\n$", "interrupted after 1 line:" },
        { "input", "# nothing\\n", "dns -", 0, "^$", "^$" },
        { "127.0.0.1", "127.0.0.1\\n", "ping - -c 1", 0, "1/1", "^$" },
        { "127.0.0.1", "127.0.0.1\\n", "route -", 0, "this host itself", "^$" },
        { "input", "# nothing\\n", "http -", 0, "^$", "^$" },
        { "input", "# nothing\\n", "tls -", 0, "^$", "^$" },
        { "input", "# nothing\\n", "check -", 0, "^$", "^$" },
        { "here", "443\\n", "ports -", 0, "https", "^$" },
        { "input", "10.0.0.0/25\\n", "subnet merge -", 0, "10.0.0.0/25", "^$" },
        { "input", "1234", "dissect -", 3, "^$", "interrupted" },
        { "input", "1234", "packetize -", 3, "^$", "interrupted" },
        { "input", "1234", "http -d @- http://127.0.0.1:7001/", 3, "^$", "interrupted" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Ctrl_C_ends_it_with_what_is_known(string ready, string given, string line, int status, string output, string errors)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var result = await Sandbox.RunAsync($"cd \"$(mktemp -d)\"\n{Script}python3 interrupt.py '{ready}' '{given}' fathom {line}");
        var ended = JsonDocument.Parse(result.OrFail().Output).RootElement;
        var (outText, errText) = (ended.GetProperty("out").GetString()!, ended.GetProperty("err").GetString()!);
        Assert.True(status == ended.GetProperty("status").GetInt32(), result.Output);
        Assert.Matches(output, outText);
        Assert.Matches(errors, errText);

        // A person takes three seconds for "it hangs".
        Assert.True(ended.GetProperty("took").GetDouble() < 3, result.Output);
    }
}
