namespace Fathom.EndToEnd.Commands;

/// <summary>For each command a line with a word, a value and an option that are wrong: status 2, nothing on standard output, one line that says what was expected.</summary>
public sealed class BadLineTests
{
    public static TheoryData<string, string> Lines => new()
    {
        { "", "expected a command" },
        { "no-such-command", "unknown command 'no-such-command'" },
        { "dsn example.test", "did you mean dns" },
        { "check", "expected TARGET" },
        { "check http://a/ --tiemout 3", "did you mean --timeout" },
        { "check http://[::1/", "bracket" },
        { "check http://[fe80::1]/", "say which interface" },
        { "lab", "expected one of list, show, run, shell" },
        { "lab show nowhere", "there is no such scenario" },
        { "check --lab=nowhere", "there is no such scenario" },
        { "check --lab=/does/not/exist.yaml", "/does/not/exist.yaml" },
        { "lab sequence --hosts nobody -- ping -c 1 www.example.com", "there are laptop, phone" },
        { "check --lab --seed 99999999999999999999", "expected a whole number from 0 to 18446744073709551615" },
        { "http http://www.example.com/ --max-redirs 99999999999", "expected a whole number up to 2147483647" },
        { "ping --lab www.example.com -c 1 --pcap -", "standard output holds the results" },
        { "host up --tun fathom9 --address 10.77.0.2/24 --serve echo,,http", "--serve ''" },
        { "ping --lab --from nobody www.example.com", "there is no such host" },
        { "check --lab --fault gremlins", "'fathom lab faults' lists them" },
        { "check --lab --fault tcp.refused@nowhere", "no host, interface or link" },
        { "dissect", "expected INPUT" },
        { "dissect /does/not/exist", "no such file" },
        { "dissect 00 --packet x", "--packet" },
        { "packetize", "expected TEXT" },
        { "packetize hello --mtu 10", "68" },
        { "packetize hello --lose x", "--lose" },
        { "packetize @/does/not/exist", "no such file" },
        { "explain", "expected TERM" },
        { "explain --nothing", "unknown option '--nothing'" },
        { "ip", "expected ADDRESS" },
        { "ip 1.2.3.4 --output xml", "xml" },
        { "subnet", "expected one of split, plan" },
        { "subnet cut 10.0.0.0/8", "unknown command 'cut'" },
        { "subnet split 10.0.0.0/24 4", "--into 4" },
        { "mac", "expected MAC" },
        { "mac 00:00:5e:00:53:01:02:zz", "not a MAC address" },
        { "neighbors --who-has x", "x" },
        { "interfaces nowhere0", "nowhere0" },
        { "route", "expected TARGET" },
        { "route 1.2.3.4.5", "not an address" },
        { "dns a b c d", "d" },
        { "dns a..b", "label" },
        { "dns serve", "expected" },
        { "dns serve /does/not/exist 127.0.0.1:5300", "/does/not/exist" },
        { "ping", "expected a host" },
        { "ping 1.2.3.4.5", "no address" },
        { "ping a.test -c 0", "-c 0" },
        { "ping --sweep 10.0.0.0/8", "/12" },
        { "trace", "expected HOST" },
        { "trace a.test -m 0", "-m" },
        { "trace 1.2.3.4.5", "no address" },
        { "tcp", "expected one of connect, listen" },
        { "tcp connect", "expected HOST" },
        { "tcp listen 7000 extra", "one word too many" },
        { "udp", "expected one of send, listen" },
        { "udp send 127.0.0.1", "expected PORT" },
        { "udp listen x", "PORT" },
        { "ports scan", "expected HOST" },
        { "ports scan 127.0.0.1 0-70000", "no port" },
        { "url", "expected" },
        { "url http://a/ --port x", "--port" },
        { "http", "expected a URL" },
        { "http http://a/ --retry x", "retry" },
        { "http build", "expected METHOD" },
        { "http parse", "expected FILE" },
        { "http serve", "expected" },
        { "tls", "expected HOST" },
        { "tls a.test --starttls gopher", "gopher" },
        { "tls http://a.test/", "does not speak TLS" },
        { "tls a.test --alpn 'a b'", "--alpn" },
        { "cookies", "expected one of" },
        { "cookies set", "--url" },
        { "cookies for --jar /does/not/exist http://a/", "/does/not/exist" },
        { "completion", "expected" },
        { "completion cmd", "cmd" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_wrong_line_is_status_2_and_one_line(string line, string words)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var result = await Sandbox.RunAsync($"fathom {line} < /dev/null");
        Assert.True(result.ExitCode == 2 && result.Output.Length == 0 && result.Error.Count(static c => c == '\n') == 1, result.ToString());
        Assert.StartsWith("fathom: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(words, result.Error, StringComparison.OrdinalIgnoreCase);
    }
}
