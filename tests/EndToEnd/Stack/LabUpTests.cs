using System.Globalization;
using System.Text.RegularExpressions;
using Fathom.EndToEnd.Commands.Sockets;

namespace Fathom.EndToEnd.Stack;

/// <summary>The system's own tools in a lab that runs in real time: they see what the lab says that they should, and its faults.</summary>
public sealed class LabUpTests
{
    // lab_up ARGS…: the lab on a device lab0, its standard input from $words, its names in /etc/resolv.conf; lab_down ends it as Ctrl-C does. The scenario's own facts are written where they are asserted.
    private const string Prelude = """
        is_up_or_gone() { grep -q 'Ctrl-C' up.err || ! kill -0 $lab; }
        lab_up() {
            if [ "${words:-}" = closed ]; then fathom lab up "$@" --ca ca.pem > up 2> up.err <&- &
            else fathom lab up "$@" --ca ca.pem > up 2> up.err < "${words:-/dev/null}" &
            fi
            lab=$!
            until_true is_up_or_gone
            kill -0 $lab 2> /dev/null || { cat up up.err >&2; return 1; }
            awk '$1 == "resolvers" { print "nameserver", $2 }' up > lab.resolv
            mount --bind lab.resolv /etc/resolv.conf
            until_usable $(ip -6 -o address show dev lab0 scope global | awk '{ sub("/.*", "", $4); print $4 }')
        }
        lab_down() { kill -TERM $lab; wait $lab; echo "exit status $?"; umount /etc/resolv.conf; }

        """;

    [Theory]
    [InlineData("--tun")]
    [InlineData("--tap")]
    public async Task Ping_sees_the_addresses_the_hop_limit_and_the_delay(string device)
    {
        // ping(8) waits for the last answer of several for an interval only, whatever -W says: a second.
        var result = await RunAsync($"""
            lab_up {device} lab0
            echo "== v4"; ping -4 -c 3 -i 1 -W 20 www.example.com
            echo "== v6"; ping -6 -c 3 -i 1 -W 20 www.example.com
            echo "== large"; ping -4 -c 1 -s 4000 -W 20 www.example.com
            lab_down
            echo "== gone"; ip link show lab0 2>&1; ip route show; echo end
            """);
        Assert.Contains("(203.0.113.80)", result.Section("v4"), StringComparison.Ordinal);
        Assert.Contains("(2001:db8:80::80)", result.Section("v6"), StringComparison.Ordinal);
        foreach (var section in new[] { "v4", "v6" })
        {
            Assert.Contains("3 received, 0% packet loss", result.Section(section), StringComparison.Ordinal);
            Assert.Equal(3, Count(result.Section(section), " ttl=61 ")); // three routers between 64 and here

            // Home 0.1 and 0.1 ms, the line 4 ms, the exchange twice 0.5 ms, the site twice 0.1 ms: 5.4 ms each way, and nothing is earlier.
            Assert.True(Least(result.Section(section)) >= 10.8, result.Section(section));
        }

        Assert.Contains("1 received, 0% packet loss", result.Section("large"), StringComparison.Ordinal);
        Assert.Contains("exit status 0", result.Output, StringComparison.Ordinal);
        Assert.Matches("^Device \"lab0\" does not exist.\nend\n$", result.Section("gone"));
    }

    [Theory]
    [InlineData("--tun")]
    [InlineData("--tap")]
    public async Task Traceroute_sees_the_routers_in_their_order(string device)
    {
        var result = await RunAsync($"""
            lab_up {device} lab0
            echo "== v4"; traceroute -4 -n -q 1 -w 5 www.example.com | awk 'NR > 1 {"{"} print $1, $2 {"}"}'
            echo "== v6"; traceroute -6 -n -q 1 -w 5 www.example.com | awk 'NR > 1 {"{"} print $1, $2 {"}"}'
            echo "== icmp"; traceroute -4 -I -n -q 1 -w 5 www.example.com | awk 'NR > 1 {"{"} print $1, $2 {"}"}'
            echo "== tcp"; traceroute -4 -T -p 443 -n -q 1 -w 5 www.example.com | awk 'NR > 1 {"{"} print $1, $2 {"}"}'
            lab_down
            """);
        const string HopsV4 = "1 192.168.1.1\n2 198.51.100.1\n3 203.0.113.3\n4 203.0.113.80\n";
        Assert.Equal(HopsV4, result.Section("v4"));
        Assert.Equal("1 2001:db8:1:1::1\n2 2001:db8:1::1\n3 2001:db8:ffff::3\n4 2001:db8:80::80\n", result.Section("v6"));
        Assert.Equal(HopsV4, result.Section("icmp"));
        Assert.StartsWith(HopsV4, result.Section("tcp"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dig_follows_the_delegations_from_the_root_and_asks_the_resolver()
    {
        var result = await RunAsync("""
            lab_up --tun lab0
            echo "== trace"; dig +trace +nodnssec @192.0.2.1 www.example.com
            echo "== short"; dig +short alias.example.com; dig +short MX example.com; dig +tcp +short TXT example.com
            echo "== absent"; dig nobody.example.com
            echo "== libc"; getent ahosts www.example.com | awk '{ print $1 }' | sort -u
            lab_down
            """);
        var trace = result.Section("trace");
        var at = 0;
        foreach (var line in new[] { @"^\.\s.*NS\s+a\.root-servers\.net\.", @"from 192\.0\.2\.1#53", @"^com\.\s.*NS\s+ns\.com\.", @"^example\.com\.\s.*NS\s+ns1\.example\.com\.", @"^www\.example\.com\.\s.*A\s+203\.0\.113\.80" })
        {
            var found = Regex.Match(trace[at..], line, RegexOptions.Multiline | RegexOptions.CultureInvariant);
            Assert.True(found.Success, line + "\n" + trace);
            at += found.Index + found.Length;
        }

        Assert.Equal("www.example.com.\n203.0.113.80\n10 www.example.com.\n\"v=spf1 -all\"\n", result.Section("short"));
        Assert.Contains("status: NXDOMAIN", result.Section("absent"), StringComparison.Ordinal);
        Assert.StartsWith("2001:db8:80::80\n203.0.113.80\n", result.Section("libc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curl_and_openssl_see_the_site_and_its_chain()
    {
        var result = await RunAsync("""
            lab_up --tun lab0
            echo "== http"; curl -sS -m 20 -o /dev/null -w '%{http_code} %{redirect_url}\n' http://www.example.com/
            echo "== https"; curl -4 -sS -m 20 --cacert ca.pem -w '\n%{http_code} %{remote_ip} %{ssl_verify_result} %{time_connect}\n' https://www.example.com/hello
            echo "== large"; curl -6 -sS -m 60 --cacert ca.pem -o body -w '%{size_download}\n' https://www.example.com/bytes/1000000
            python3 -c "print(open('body', 'rb').read() == (bytes(range(251)) * 4000)[:1000000])"
            echo "== untrusted"; curl -sS -m 20 https://www.example.com/; echo "status $?"
            echo "== chain"; openssl s_client -connect www.example.com:443 -servername www.example.com -CAfile ca.pem -verify_return_error -brief < /dev/null 2>&1
            openssl s_client -connect www.example.com:443 -CAfile ca.pem -showcerts < /dev/null 2> /dev/null | grep -E '^ *[0-9] s:|^ *i:|Verify return code' | head -5
            lab_down
            """);
        Assert.Equal("301 https://www.example.com/\n", result.Section("http"));
        var https = result.Section("https").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("hello ", https[0], StringComparison.Ordinal);
        Assert.StartsWith("200 203.0.113.80 0 ", https[1], StringComparison.Ordinal);
        Assert.True(double.Parse(https[1].Split(' ')[3], CultureInfo.InvariantCulture) >= 0.0108, https[1]); // a round trip, as ping measures it
        Assert.Equal("1000000\nTrue\n", result.Section("large"));
        Assert.Contains("status 60", result.Section("untrusted"), StringComparison.Ordinal); // curl: the peer's certificate cannot be verified
        Assert.Contains("Verification: OK", result.Section("chain"), StringComparison.Ordinal);
        Assert.Matches(@"0 s:CN = www\.example\.com\n\s+i:CN = Fathom Lab Intermediate\n\s*1 s:CN = Fathom Lab Intermediate\n\s+i:CN = Fathom Lab Root\n", result.Section("chain"));
    }

    [Theory]
    [InlineData("tcp.refused", "curl -sS -m 10 http://www.example.com/; echo status $?", "status 7\n")]
    [InlineData("tcp.filtered@www:80", "curl -4 -sS -m 3 http://www.example.com/; echo status $?", "status 28\n")]
    [InlineData("dns.nxdomain", "dig +tries=1 www.example.com | grep -o 'status: [A-Z]*'", "status: NXDOMAIN\n")]
    [InlineData("dns.server-unreachable", "dig +tries=1 +time=2 www.example.com > answer; echo status $?", "status 9\n")]
    [InlineData("tls.expired", "curl -sS -m 10 --cacert ca.pem https://www.example.com/ 2>&1 | grep -o 'certificate has expired'", "certificate has expired\n")]
    [InlineData("tls.name-mismatch", "curl -sS -m 10 --cacert ca.pem https://www.example.com/ > /dev/null; echo status $?", "status 60\n")]
    public async Task A_fault_that_was_put_in_is_seen(string fault, string command, string expected)
    {
        var result = await RunAsync($"""
            lab_up --tun lab0 --fault {fault}
            echo "== seen"; {command}
            echo "== end"; lab_down
            """);
        Assert.EndsWith(expected, result.Section("seen"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loss_on_the_line_is_loss_for_ping()
    {
        var result = await RunAsync("""
            fathom lab new lossy.yaml --like internet
            sed -i 's/rate: 20mbit, delay: 4ms,/rate: 20mbit, delay: 4ms, loss: 20%,/' lossy.yaml
            lab_up lossy.yaml --tun lab0
            until_true ping -4 -c 1 -W 1 203.0.113.80 > /dev/null
            echo "== ping"; ping -4 -c 120 -i 0.02 -W 1 203.0.113.80 | tail -2
            lab_down
            """);
        var lost = Regex.Match(result.Section("ping"), "([0-9.]+)% packet loss", RegexOptions.CultureInvariant);
        Assert.True(lost.Success, result.Section("ping"));
        Assert.InRange(double.Parse(lost.Groups[1].Value, CultureInfo.InvariantCulture), 10, 65); // each of two directions loses a fifth, so 36 %, with 5.9 σ of 120
    }

    [Fact]
    public async Task The_systems_own_DHCP_client_and_router_discovery_configure_a_TAP_device()
    {
        var result = await RunAsync("""
            lab_up --tap lab0 --no-setup
            ip link set lab0 up
            busybox udhcpc -i lab0 -n -q -t 5 -T 1 -s /bin/true > dhcp 2>&1 || udhcpc -i lab0 -n -q -t 5 -T 1 -s /bin/true > dhcp 2>&1
            echo "== dhcp"; grep -o 'lease of 192.168.1.[0-9]*' dhcp
            has_address() { ip -6 address show dev lab0 scope global | grep -q 'inet6 2001:db8:1:1:'; }
            until_true has_address
            echo "== slaac"; ip -6 address show dev lab0 scope global | grep -o '2001:db8:1:1:'; ip -6 route show default | grep -o 'proto ra'
            lab_down
            """);
        Assert.StartsWith("lease of 192.168.1.1", result.Section("dhcp"), StringComparison.Ordinal); // the pool is .100 to .199
        Assert.StartsWith("2001:db8:1:1:\nproto ra\n", result.Section("slaac"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_was_there_is_left_as_it_was()
    {
        var result = await RunAsync("""
            ip tuntap add dev lab0 mode tun; ip link set lab0 up; ip address add 10.9.9.9/32 dev lab0
            lab_up --tun lab0
            ping -c 1 -W 20 203.0.113.80 > /dev/null && echo "== reached"
            lab_down
            echo "== after"; ip -br -4 address show dev lab0 | awk '{ print $1, $3, $4 }'; ip route show; echo end
            """);
        Assert.Contains("== reached", result.Output, StringComparison.Ordinal);
        Assert.Equal("lab0 10.9.9.9/32 \nend\n", result.Section("after"));
    }

    [Fact]
    public async Task Networks_that_this_machine_has_are_not_taken_over()
    {
        var result = await RunAsync("""
            ip link add home type veth peer name other; ip link set home up; ip address add 192.168.1.5/24 dev home
            echo "== refused"; fathom lab up --tun lab0 2>&1; echo "status $?"
            ip link show lab0 2>&1; true
            """);
        Assert.Contains("192.168.1.0/24", result.Section("refused"), StringComparison.Ordinal);
        Assert.Contains("Remedy: ", result.Section("refused"), StringComparison.Ordinal);
        Assert.Contains("status 3\nDevice \"lab0\" does not exist.", result.Section("refused"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tun")]
    [InlineData("--tap")]
    public async Task What_is_broken_and_mended_while_it_runs_is_seen_at_once(string device)
    {
        // say WORDS…: on the lab's standard input; it has done them, and said all that it says of them, when it has refused the word behind them, which is a new one each time.
        var result = await RunAsync($$"""
            mkfifo fifo; exec 9<>fifo; words=fifo
            said=0
            say() { said=$((said + 1)); printf '%s\n' "$*" "said-$said" >&9; until_true grep -q "'said-$said'" up.err; }
            get() { curl -sS -m "$1" --cacert ca.pem -o /dev/null -w '%{http_code}\n' "$2" 2> /dev/null; echo "status $?"; }
            lab_up {{device}} lab0
            echo "== whole"; get 20 https://www.example.com/hello
            say break tcp.refused
            echo "== refused"; get 20 https://www.example.com/hello
            say mend
            echo "== mended"; get 20 https://www.example.com/hello
            say break tls.expired
            echo "== expired"; get 20 https://www.example.com/hello
            say mend tls.expired
            say break tcp.filtered@www:80
            echo "== filtered"; get 2 http://203.0.113.80/
            say break nonsense; say mend dns.nxdomain
            say faults
            say events on; ping -4 -c 1 -W 20 203.0.113.80 > ping; say events off
            say hosts
            echo "== end"; echo quit >&9; wait $lab; echo "exit status $?"; umount /etc/resolv.conf
            echo "== out"; cat up
            echo "== err"; cat up.err
            """);
        Assert.Equal("200\nstatus 0\n", result.Section("whole"));
        Assert.Equal("000\nstatus 7\n", result.Section("refused")); // curl: could not connect
        Assert.Equal("200\nstatus 0\n", result.Section("mended"));
        Assert.Equal("000\nstatus 60\n", result.Section("expired")); // curl: the certificate cannot be verified
        Assert.Equal("000\nstatus 28\n", result.Section("filtered")); // curl: time-out
        Assert.Contains("exit status 2", result.Section("end"), StringComparison.Ordinal); // of a script, some words were refused
        var answers = result.Section("out");
        Assert.Contains("broken: tcp.refused\nmended: tcp.refused\nbroken: tls.expired\nmended: tls.expired\nbroken: tcp.filtered@www:80\ntcp.filtered@www:80: ", answers, StringComparison.Ordinal);
        Assert.Matches(@"\d +hosting-router → www +ICMP echo request\n", answers);
        Assert.Matches(@"\nwww +203\.0\.113\.80 +2001:db8:80::80\n", answers);
        Assert.Contains("there is no fault 'nonsense'", result.Section("err"), StringComparison.Ordinal);
        Assert.Contains("mend dns.nxdomain: that is not broken", result.Section("err"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tun")]
    [InlineData("--tap")]
    public async Task Where_no_neighbor_answers_ping_is_told_so(string device)
    {
        // Nobody has these addresses. On TAP the kernel asks for the neighbor and says so itself; on TUN the lab's end does both (RFC 1812 §5.2.7.1, RFC 4443 §3.1).
        var result = await RunAsync($"""
            lab_up {device} lab0
            echo "== v4"; ping -4 -n -c 1 -W 30 192.168.1.66
            echo "== v6"; ping -6 -n -c 1 -W 30 2001:db8:1:1::66
            echo "== tcp"; bash -c ': > /dev/tcp/192.168.1.66/80' 2>&1
            echo "== beyond"; ping -4 -n -c 1 -W 30 203.0.113.70; ping -6 -n -c 1 -W 30 2001:db8:80::66
            echo "== living"; ping -4 -n -c 1 -W 30 192.168.1.20 | grep -o ' 0% packet loss'
            lab_down
            """);
        AssertSaid("v4", @"Destination Host Unreachable(.|\n)*\+1 errors");
        AssertSaid("v6", @"Destination unreachable: Address unreachable(.|\n)*\+1 errors");
        AssertSaid("tcp", "No route to host"); // EHOSTUNREACH
        AssertSaid("beyond", @"From 203\.0\.113\.3 icmp_seq=1 Destination Host Unreachable(.|\n)*From 2001:db8:ffff::3 icmp_seq=1 Destination unreachable: Address unreachable");
        AssertSaid("living", "^ 0% packet loss\n");

        void AssertSaid(string section, string pattern) => Assert.True(Regex.IsMatch(result.Section(section), pattern, RegexOptions.CultureInvariant), $"{section}: {pattern}\n{result.Output}");
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("closed")]
    [InlineData("ended")]
    public async Task Without_words_to_read_it_runs_as_ever(string words)
    {
        var result = await RunAsync($"""
            echo 'faults' > ended; words={words}
            lab_up --tun lab0
            echo "== ping"; ping -4 -c 1 -W 20 203.0.113.80 | grep -o ' 0% packet loss'
            lab_down
            """);
        Assert.StartsWith(" 0% packet loss\n", result.Section("ping"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_background_of_a_terminal_it_is_not_stopped()
    {
        // script(1) gives the shell a terminal, with job control; what reads the terminal in the background is stopped (SIGTTIN). It starts $SHELL, or
        // where there is none sh, which drops exported functions.
        var result = await RunAsync("""
            cat > typed <<'END'
            set -m
            fathom lab up --tun lab0 > up 2> up.err &
            until_true grep -q 'Ctrl-C' up.err
            ping -4 -c 2 -i 1 -W 20 203.0.113.80 | grep -o ' 0% packet loss'
            jobs -l | grep -o 'Running\|Stopped'
            kill %1; wait %1; echo "exit status $?"
            END
            echo "== session"; SHELL=$BASH script -qec 'bash typed' /dev/null | tr -d '\r'
            """);
        Assert.Contains(" 0% packet loss\nRunning\nexit status 0\n", result.Section("session"), StringComparison.Ordinal);
    }

    private static async Task<CommandResult> RunAsync(string script)
    {
        Sandbox.SkipIfImpossible();
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "There is no /dev/net/tun here.");

        // With mounts of its own: /etc/resolv.conf is another one for the script alone.
        return (await SocketCommands.RunAsync($"cat > script <<'END OF SCRIPT'\n{Prelude}{script}\nEND OF SCRIPT\nunshare -m --propagation private bash script\n")).OrFail();
    }

    private static double Least(string ping) => double.Parse(Regex.Match(ping, "= ([0-9.]+)/", RegexOptions.CultureInvariant).Groups[1].Value, CultureInfo.InvariantCulture);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
