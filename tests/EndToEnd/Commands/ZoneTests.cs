namespace Fathom.EndToEnd.Commands;

/// <summary>Link-local addresses with the name of an interface, in every command that connects or asks; and what is said where the name is missing or wrong.</summary>
public sealed class ZoneTests
{
    private const string Network = """
        ip link add d0 type veth peer name d1; ip -6 addr add fe80::a/64 dev d0 nodad; ip link set d0 up; ip link set d1 up; until_usable fe80::a
        cd "$(mktemp -d)"; echo hello > index.html
        fathom tcp listen '[::]:7000' --echo > log1 2>&1 & fathom udp listen '[::]:7000' --echo > log2 2>&1 &
        python3 -m http.server --bind :: 8080 > log3 2>&1 & fathom http serve '[::]:8443' --tls > log4 2>&1 &
        until_listening 7000; until_listening 7000 udp; until_listening 8080; until_listening 8443

        """;

    [Theory]
    [InlineData("ping -c 1 fe80::a%d0", "ping -c 1 fe80::a%d0", "1 received")]
    [InlineData("tcp connect fe80::a%d0 7000 --send hello", "echo hello | nc -N -6 fe80::a%d0 7000", "hello")]
    [InlineData("tcp connect '[fe80::a%d0]:7000' --send hello", "true", "hello")]
    [InlineData("udp send fe80::a%d0 7000 hello", "echo hello | nc -u -6 -w 1 -q 0 fe80::a%d0 7000", "reply of 5 octets from \\[fe80::a")]
    [InlineData("trace fe80::a%d0", "true", "answers at hop 1|1  fe80::a")]
    [InlineData("http 'http://[fe80::a%d0]:8080/'", "curl -gs 'http://[fe80::a%25d0]:8080/'", "hello")]
    [InlineData("http 'http://[fe80::a%25d0]:8080/' --show-request", "true", "Host: \\[fe80::a\\]:8080\\\\r")]
    [InlineData("http -k 'https://[fe80::a%d0]:8443/'", "curl -gks 'https://[fe80::a%25d0]:8443/'", "empty")]
    [InlineData("check 'http://[fe80::a%d0]:8080/'", "true", "WORKS|DEGRADED|works")]
    [InlineData("route fe80::a%d0", "ip -6 route get fe80::a oif d0", "fe80::a")]
    [InlineData("ports scan fe80::a%d0 7000,7001", "true", "7000 .*open")]
    public async Task An_interface_by_name_is_the_zone(string line, string peer, string pattern)
    {
        var result = await RunAsync($"{peer} > peer 2>&1 < /dev/null || exit 77\nfathom {line} < /dev/null");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Matches(pattern, result.Output);
    }

    [Theory]
    [InlineData("ping {0}")]
    [InlineData("trace {0}")]
    [InlineData("tcp connect {0} 7000")]
    [InlineData("udp send {0} 7000 x")]
    [InlineData("http 'http://[{0}]:8080/'")]
    [InlineData("tls '[{0}]:8443'")]
    [InlineData("route {0}")]
    [InlineData("ports scan {0} 7000")]
    [InlineData("check 'http://[{0}]:8080/'")]
    public async Task Without_one_or_with_a_wrong_one_it_says_what_to_write(string line)
    {
        foreach (var (address, words) in new[] { ("fe80::a", "fe80::a%"), ("fe80::a%d7", "no interface") })
        {
            // A check has a report of its own where the machine has no such interface.
            if (line.StartsWith("check", StringComparison.Ordinal) && address.Contains('%')) continue;
            var result = await RunAsync($"fathom {string.Format(System.Globalization.CultureInfo.InvariantCulture, line, address)}");
            Assert.True(result.ExitCode == 2 && result.Output.Length == 0 && result.Error.Count(static c => c == '\n') == 1, result.ToString());
            Assert.Contains(words, result.Error, StringComparison.Ordinal);
            Assert.Contains("d0", result.Error.Replace("%eth0", "%d0", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    private static async Task<CommandResult> RunAsync(string script)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        return await Sandbox.RunAsync(Network + script);
    }
}
