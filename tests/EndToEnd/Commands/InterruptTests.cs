using System.Text.Json;

namespace Fathom.EndToEnd.Commands;

/// <summary>Ctrl-C during each command that can last: it ends at once, with what is known by then, and with a status that says so.</summary>
public sealed class InterruptTests
{
    // Bash takes SIGINT from what it starts in the background; a process of Python's has it. The signal is sent when the program has
    // printed what is waited for, or when it has a socket open or waits for its input; so no time is guessed.
    private const string Interrupt = """
        cat > interrupt.py <<'PY'
        import json, os, re, signal, subprocess, sys, threading, time
        ready, command = sys.argv[1], sys.argv[2:]
        p = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        out, err = bytearray(), bytearray()
        def read(stream, into):
            while chunk := stream.read1(65536): into.extend(chunk)
        readers = [threading.Thread(target=read, args=a) for a in ((p.stdout, out), (p.stderr, err))]
        for r in readers: r.start()
        def handles_sigint():
            with open(f'/proc/{p.pid}/status') as f: return any(l.startswith('SigCgt:') and int(l.split()[1], 16) & 2 for l in f)
        def is_ready():
            if ready == 'input': return handles_sigint() and any(is_reading(t) for t in os.listdir(f'/proc/{p.pid}/task'))
            if ready == 'socket': return handles_sigint() and f'pid={p.pid},' in subprocess.run(['ss', '-Hanpt', '-u', '-x', '-0', '-w'], capture_output=True, text=True).stdout
            return re.search(ready, (out + err).decode(errors='replace'))
        def is_reading(task):
            try:
                with open(f'/proc/{p.pid}/task/{task}/syscall') as f: return f.read().startswith('0 0x0 ')
            except OSError: return False
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
        # A server that takes connections and says nothing, and a port that takes datagrams and says nothing.
        cat > silent.py <<'PY'
        import socket, time
        t = socket.socket(); t.bind(('127.0.0.1', 7001)); t.listen(64)
        u = socket.socket(type=socket.SOCK_DGRAM); u.bind(('127.0.0.1', 7001))
        time.sleep(600)
        PY
        python3 silent.py & until_listening 7001

        """;

    [Theory]
    [InlineData("ping -i 0.2 127.0.0.1", "icmp_seq=2", 0, "packets transmitted, [0-9]+ received, 0% packet loss", "")]
    [InlineData("ping -i 0.2 127.0.0.1 127.0.0.2 -c 1000", "socket", 0, "127.0.0.1 .*\n127.0.0.2|127.0.0.2 .*\n127.0.0.1", "")]
    [InlineData("ping --sweep 127.0.0.0/24 --rate 20", "127.0.0.3", 0, "interrupted", "")]
    [InlineData("udp listen 7002", "socket", 0, "", "datagrams")]
    [InlineData("udp send 127.0.0.1 7001 x -c 1000 -t 1", "socket", 1, "", "")]
    [InlineData("tcp listen 7002 --echo", "socket", 0, "", "connections")]
    [InlineData("tcp connect 127.0.0.1 7001", "input", 0, "", "")]
    [InlineData("tcp connect 127.0.0.1 7001 --info", "input", 0, "round trip", "")]
    [InlineData("http serve 7002", "socket", 0, "", "requests were answered")]
    [InlineData("dns serve zone 127.0.0.1:7003", "socket", 0, "", "queries")]
    [InlineData("http http://127.0.0.1:7001/", "socket", 3, "", "interrupted")]
    [InlineData("tls 127.0.0.1:7001", "socket", 3, "", "interrupted")]
    [InlineData("dns @127.0.0.1 -p 7001 a.test --timeout 60", "socket", 3, "", "interrupted")]
    [InlineData("neighbors --watch", "socket", 0, "", "")]
    [InlineData("check http://127.0.0.1:7001/", "socket", 3, "", "")]
    [InlineData("ip -", "input", 0, "", "")]
    [InlineData("mac -", "input", 0, "", "")]
    [InlineData("url -", "input", 0, "", "interrupted after 0 lines")]
    [InlineData("dns -", "input", 0, "", "")]
    [InlineData("ping -", "input", 0, "", "")]
    [InlineData("route -", "input", 0, "", "")]
    [InlineData("http -", "input", 0, "", "")]
    [InlineData("tls -", "input", 0, "", "")]
    [InlineData("check -", "input", 0, "", "")]
    [InlineData("ports -", "input", 0, "", "")]
    [InlineData("subnet merge -", "input", 2, "", "")]
    [InlineData("dissect -", "input", 3, "", "interrupted")]
    [InlineData("packetize -", "input", 3, "", "interrupted")]
    [InlineData("http -d @- http://127.0.0.1:7001/", "input", 3, "", "interrupted")]
    public async Task CtrlCEndsItWithWhatIsKnown(string line, string ready, int status, string output, string errors)
    {
        var result = await RunAsync($"python3 interrupt.py '{ready}' fathom {line}");
        var ended = JsonDocument.Parse(result.OrFail().Output).RootElement;
        var (outText, errText) = (ended.GetProperty("out").GetString()!, ended.GetProperty("err").GetString()!);
        Assert.True(status == ended.GetProperty("status").GetInt32(), result.ToString());
        Assert.Matches(output, outText);
        Assert.Matches(errors, errText);
        Assert.DoesNotContain("Exception", outText + errText, StringComparison.Ordinal);

        // A person takes three seconds for "it hangs".
        Assert.True(ended.GetProperty("took").GetDouble() < 3, result.ToString());
    }

    private static async Task<CommandResult> RunAsync(string script)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        return await Sandbox.RunAsync("cd \"$(mktemp -d)\"; printf '%s\\n' 'test. 300 SOA ns.test. a.test. 1 2h 15m 1d 60' 'test. NS ns.test.' 'ns.test. A 127.0.0.1' > zone\n" + Interrupt + script);
    }
}
