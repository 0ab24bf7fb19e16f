using System.Text.Json;

namespace Fathom.EndToEnd.Commands.Names;

/// <summary>Name servers that mean harm: every limit holds, and the reason is named.</summary>
public sealed class DnsHostileTests
{
    // One server at 127.0.0.11:5353 for every zone. What it does is the name's first label after "x-".
    private const string Server = """
        import socket, struct, sys
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.11', 5353))
        def name(t): return b''.join(bytes([len(l)]) + l.encode() for l in t.split('.') if l) + b'\0'
        def rr(owner, type, data, ttl=60): return name(owner) + struct.pack('>HHIH', type, 1, ttl, len(data)) + data
        count = 0
        while True:
            q, peer = s.recvfrom(65535); count += 1
            labels = []; at = 12
            while q[at]: labels.append(q[at+1:at+1+q[at]].decode('latin1')); at += q[at] + 1
            question = q[12:at+5]; qname = '.'.join(labels); kind = labels[-1]
            def reply(answer=[], authority=[], additional=[], flags=0x8400, id=q[:2]):
                s.sendto(id + struct.pack('>HHHHH', flags, 1, len(answer), len(authority), len(additional)) + question + b''.join(answer + authority + additional), peer)
            if kind == 'aliases':   # another alias for every alias
                reply([rr(qname, 5, name('n%d.aliases' % count))])
            elif kind == 'fanout':  # every zone has twenty servers without glue, each in a zone of its own
                reply(authority=[rr(qname, 2, name('ns%d.z%d.fanout' % (i, count * 100 + i))) for i in range(20)], flags=0x8000)
            elif kind == 'upward':
                reply(authority=[rr('', 2, name('a.root.test'))], flags=0x8000)
            elif kind == 'deep':    # a referral for every label
                seen = globals().setdefault('seen', set())
                zone = next((z for z in ('.'.join(labels[i:]) for i in range(len(labels) - 1, -1, -1)) if z not in seen), qname)
                seen.add(zone); reply(authority=[rr(zone, 2, name('ns.' + zone))], additional=[rr('ns.' + zone, 1, bytes([127, 0, 0, 11]))], flags=0x8000)
            elif kind == 'wrongid':
                for i in range(40): reply([rr(qname, 1, bytes([6, 6, 6, 6]))], id=bytes([q[0] ^ (i + 1), q[1]]))
            elif kind == 'loop':    # the answer's owner is a pointer to itself
                at = 12 + len(question)
                s.sendto(q[:2] + struct.pack('>HHHHH', 0x8400, 1, 1, 0, 0) + question + bytes([0xC0 | at >> 8, at & 255]) + struct.pack('>HHIH', 1, 1, 60, 4) + bytes(4), peer)
            elif kind == 'counts':
                s.sendto(q[:2] + struct.pack('>HHHHH', 0x8400, 1, 65535, 65535, 65535) + question, peer)
            elif kind == 'truncated':
                reply(flags=0x8600)
            elif kind == 'poison':  # a referral with a gift for another zone, and then an answer with one
                if qname == 'x.poison' and 'poisoned' not in globals():
                    poisoned = True
                    reply(authority=[rr('poison', 2, name('ns.poison'))], additional=[rr('ns.poison', 1, bytes([127, 0, 0, 11])), rr('www.bank', 1, bytes([6, 6, 6, 6]))], flags=0x8000)
                else: reply([rr(qname, 1, bytes([192, 0, 2, 1])), rr('www.bank', 1, bytes([6, 6, 6, 6]))])
        """;

    // Three seconds: the server's answers come at once and end the wait, on a busy machine later; only who is told nothing usable waits for them to pass.
    [Theory]
    [InlineData("x.aliases", "AliasChainTooLong", 17)]
    [InlineData("x.fanout", "WorkLimit", 100)]
    [InlineData("x.upward", "LameDelegation", 1)]
    [InlineData("x.wrongid", "NoUsableServer", 1)]
    [InlineData("x.loop", "NoUsableServer", 1)]
    [InlineData("x.counts", "NoUsableServer", 1)]
    [InlineData("x.truncated", "AllServersSilent", 1)]
    public async Task A_walk_ends_within_its_limits(string name, string cause, int mostQueries)
    {
        var result = await RunAsync($"fathom dns {name} --trace --root hints --server-port 5353 --timeout 3 --output json");

        Assert.True(result.ExitCode == 1, result.ToString());
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(cause, document.RootElement.GetProperty("cause").GetString());
        Assert.InRange(document.RootElement.GetProperty("queries").GetInt32(), 1, mostQueries);
        Assert.DoesNotContain("6.6.6.6", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_labels_of_referrals_end()
    {
        var name = string.Join('.', Enumerable.Repeat("a", 119)) + ".deep";
        var result = await RunAsync($"fathom dns {name} --trace --root hints --server-port 5353 --timeout 3 --output json");
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal("WorkLimit", document.RootElement.GetProperty("cause").GetString());
        Assert.Equal(100, document.RootElement.GetProperty("queries").GetInt32());
    }

    [Fact]
    public async Task Gifts_for_other_zones_are_ignored_and_said_so()
    {
        var result = await RunAsync("fathom dns x.poison --trace --root hints --server-port 5353 --timeout 3");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("192.0.2.1", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("6.6.6.6", result.Output, StringComparison.Ordinal);
        Assert.Contains("ignored (not the address of a server that the referral names): www.bank. A", result.Output, StringComparison.Ordinal);
        Assert.Contains("ignored (out of bailiwick: not below poison.): www.bank. A", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_replies_are_counted_and_a_broken_one_is_named()
    {
        var forged = await RunAsync("fathom dns @127.0.0.11 -p 5353 x.wrongid --timeout 3");
        Assert.Equal(1, forged.ExitCode);
        Assert.Contains("16 replies, none of them usable: a reply with a wrong id", DigOutput.Normal(forged.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("6.6.6.6", forged.Output, StringComparison.Ordinal);
        var broken = await RunAsync("fathom dns @127.0.0.11 -p 5353 x.loop --timeout 3");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("compression pointer", DigOutput.Normal(broken.Output), StringComparison.Ordinal);
        var truncated = await RunAsync("fathom dns @127.0.0.11 -p 5353 x.truncated --timeout 3");
        Assert.Equal(1, truncated.ExitCode);
        Assert.Contains("truncated, and TCP port 5353 refused", DigOutput.Normal(truncated.Output), StringComparison.Ordinal);
    }

    private static async Task<CommandResult> RunAsync(string command)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var folder = Directory.CreateTempSubdirectory("fathom-hostile-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "server.py"), Server);
            await File.WriteAllTextAsync(Path.Combine(folder, "hints"), ". 3600 NS a.root.test.\na.root.test. 3600 A 127.0.0.11\n");
            return await Sandbox.RunAsync($"cd {folder}\npython3 server.py > server.out 2>&1 &\nuntil_listening 5353 udp\n{command}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
