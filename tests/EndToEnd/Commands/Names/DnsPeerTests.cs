using System.Text.Json;

namespace Fathom.EndToEnd.Commands.Names;

/// <summary><c>fathom dns</c> against dig, NSD and Unbound: the same facts.</summary>
public sealed class DnsPeerTests
{
    private const string Mark = "=-=-=";

    // What only a server is asked: dig asks both servers, and fathom's question side is not in it.
    private static readonly (string Name, string Type)[] ServerQuestions =
    [
        ("wild.example.test", "A"), ("*.wild.example.test", "A"), ("a.b.wild.example.test", "TXT"), ("x.wild.example.test", "AAAA"), ("deep.example.test", "TXT"), ("zz.c.deep.example.test", "A"),
        ("old.example.test", "A"), ("www.old.example.test", "DNAME"), ("nobody.old.example.test", "A"), ("q.wild.old.example.test", "A"), ("dangling.example.test", "A"), ("dangling.example.test", "CNAME"),
        ("child.example.test", "NS"), ("child.example.test", "A"), ("ns.child.example.test", "A"), ("www.child.example.test", "DS"), ("tochild.example.test", "A"), ("toold.example.test", "A"), ("host.example.test", "ANY"),
        ("nobody.example.test", "ANY"), ("www.example.test", "TYPE65281"), ("www.elsewhere.org", "ANY"),
    ];

    private static readonly (string Name, string Type)[] Questions =
    [
        ("example.test", "SOA"), ("example.test", "NS"), ("example.test", "MX"), ("example.test", "TXT"), ("example.test", "CAA"), ("example.test", "LOC"),
        ("example.test", "DNSKEY"), ("example.test", "HTTPS"), ("example.test", "NSEC3PARAM"), ("www.example.test", "A"), ("WWW.Example.TEST", "AAAA"), ("alias.example.test", "A"), ("alias.example.test", "CNAME"),
        ("far.example.test", "A"), ("loop1.example.test", "A"), ("www.old.example.test", "A"), ("old.example.test", "DNAME"), ("x.y.wild.example.test", "A"), ("x.wild.example.test", "MX"),
        ("c.deep.example.test", "A"), ("a.b.c.deep.example.test", "A"), ("_sip._udp.example.test", "SRV"), ("_443._tcp.example.test", "TLSA"), ("4.3.2.1.e164.example.test", "NAPTR"),
        ("80.2.0.192.example.test", "PTR"), ("child.example.test", "DS"), ("www.child.example.test", "A"), ("svc.example.test", "SVCB"), ("host.example.test", "HINFO"), ("key.example.test", "SSHFP"),
        ("ftp.example.test", "URI"), ("rp.example.test", "RP"), ("new.example.test", "TYPE65280"), ("xn--bcher-kva.example.test", "A"), ("sig.example.test", "RRSIG"), ("nxt.example.test", "NSEC"),
        ("esc.example.test", "TXT"), ("big.example.test", "A"), ("nobody.example.test", "A"), ("www.example.test", "MX"), ("www.elsewhere.org", "A"),
    ];

    [Fact]
    public async Task Every_answer_is_the_one_that_dig_shows()
    {
        var (dig, fathom) = await BothAsync(
            static q => $"dig @{NameTree.Zone} +nosplit +norecurse +nocookie {q.Name} {q.Type}",
            static q => $"fathom dns @{NameTree.Zone} +norecurse {q.Name} {q.Type} --output json");
        for (var i = 0; i < Questions.Length; i++)
        {
            var expected = DigOutput.Parse(dig[i]);
            using var document = JsonDocument.Parse(fathom[i]);
            var root = document.RootElement;
            Assert.Equal($"{Questions[i]} {expected.Code}", $"{Questions[i]} {root.GetProperty("status").GetString()}");
            foreach (var (section, member) in new[] { ("ANSWER", "answer"), ("AUTHORITY", "authority"), ("ADDITIONAL", "additional") })
                Assert.Equal(expected.Section(section), Records(root, member));
            foreach (var flag in (string[])["aa", "tc", "rd", "ra", "ad", "cd"])
                Assert.Equal((flag, expected.Flags.Contains(flag)), (flag, root.GetProperty("flags").GetProperty(flag).GetBoolean()));
        }
    }

    [Fact]
    public async Task Our_authority_answers_as_NSD_does()
    {
        var (nsd, ours) = await BothAsync(
            static q => $"dig @{NameTree.Zone} +nosplit +norecurse +nocookie {q.Name} {q.Type}",
            static q => $"dig @{NameTree.Ours} +nosplit +norecurse +nocookie {q.Name} {q.Type}");
        for (var i = 0; i < Questions.Length; i++)
        {
            var (expected, actual) = (DigOutput.Parse(nsd[i]), DigOutput.Parse(ours[i]));
            Assert.Equal($"{Questions[i]} {expected.Code}", $"{Questions[i]} {actual.Code}");
            Assert.Equal(expected.Flags.Order(), actual.Flags.Order());

            // A loop is answered once round by NSD and by us; how often it goes round is nobody's rule.
            Assert.Equal(expected.Section("ANSWER").Distinct(), actual.Section("ANSWER").Distinct());

            // NSD adds its NS records to positive answers, which is optional (RFC 1034 §4.3.2 step 3 leaves it to the server).
            if (expected.Section("ANSWER").Count == 0) Assert.Equal(expected.Section("AUTHORITY"), actual.Section("AUTHORITY"));
        }
    }

    [Fact]
    public async Task Our_authority_answers_the_odd_questions_as_NSD_does_and_gives_no_zone_away()
    {
        SkipIfImpossible();
        using var tree = new NameTree();
        var script = tree.Start + string.Concat(ServerQuestions.SelectMany(static q => new[] { NameTree.Zone, NameTree.Ours }.Select(server => $"dig @{server} +nosplit +norecurse +nocookie {q.Name} {q.Type}; echo {Mark}\n")))
            + string.Concat(new[] { NameTree.Zone, NameTree.Ours }.Select(static server => $"dig @{server} +noall +answer +comments +time=2 +tries=1 example.test AXFR | grep -c 'Transfer failed'; echo {Mark}\n"));

        var result = await Sandbox.RunAsync(script, limit: TimeSpan.FromSeconds(120));

        var parts = result.Output.Split(Mark);
        Assert.True(parts.Length == (ServerQuestions.Length * 2) + 3, result.ToString());
        for (var i = 0; i < ServerQuestions.Length; i++)
        {
            var (expected, actual) = (DigOutput.Parse(parts[2 * i]), DigOutput.Parse(parts[(2 * i) + 1]));
            Assert.Equal($"{ServerQuestions[i]} {expected.Code} {string.Join(' ', expected.Flags.Order())}", $"{ServerQuestions[i]} {actual.Code} {string.Join(' ', actual.Flags.Order())}");
            Assert.Equal(expected.Section("ANSWER").Order(), actual.Section("ANSWER").Order());
            if (expected.Section("ANSWER").Count == 0 || actual.Section("AUTHORITY").Count > 0) Assert.Equal(expected.Section("AUTHORITY").Order(), actual.Section("AUTHORITY").Order());
        }

        Assert.Equal(["1", "1"], parts[^3..^1].Select(static p => p.Trim()));
    }

    [Fact]
    public async Task The_walk_ends_where_Unbound_ends()
    {
        (string Name, string Type, string Cause)[] walks =
        [
            ("www.example.test", "A", ""), ("alias.example.test", "A", ""), ("www.old.example.test", "A", ""), ("q.wild.example.test", "TXT", ""), ("big.example.test", "A", ""),
            ("nobody.example.test", "A", ""), ("www.example.test", "MX", ""), ("a.b.c.deep.example.test", "A", ""), ("www.hosted.test", "A", ""), ("www.away.test", "A", ""),
            ("www.lame.test", "A", "LameDelegation"), ("www.noglue.test", "A", "NoServerAddress"), ("www.silent.test", "A", "AllServersSilent"), ("loop1.example.test", "A", "AliasLoop"),
        ];
        SkipIfImpossible();
        using var tree = new NameTree();
        var script = tree.Start + string.Concat(walks.Select(static w =>
            $"dig @{NameTree.Resolver} +nosplit +nocookie +time=5 +tries=1 {w.Name} {w.Type}; echo {Mark}; fathom dns --trace --root hints -4 {w.Name} {w.Type} --output json; echo {Mark}\n"));

        var result = await Sandbox.RunAsync(script, limit: TimeSpan.FromSeconds(120));

        var parts = result.Output.Split(Mark);
        Assert.True(parts.Length == (walks.Length * 2) + 1, result.ToString());
        for (var i = 0; i < walks.Length; i++)
        {
            var expected = DigOutput.Parse(parts[2 * i]);
            using var document = JsonDocument.Parse(parts[(2 * i) + 1]);
            var (root, walk) = (document.RootElement, walks[i]);
            if (walk.Cause.Length > 0)
            {
                // Unbound gives up on a loop with SERVFAIL or with the aliases alone, by version; on a silent server it tries for longer than dig waits.
                Assert.True(expected.Code == "SERVFAIL" || walk.Cause == "AliasLoop" || (walk.Cause == "AllServersSilent" && expected.Code == "no answer"), $"{walk}: Unbound says {expected.Code}");
                Assert.Equal($"{walk.Name} {walk.Cause}", $"{walk.Name} {(root.TryGetProperty("cause", out var cause) ? cause.GetString() : parts[(2 * i) + 1])}");
                continue;
            }

            var status = root.GetProperty("status").GetString();
            Assert.Equal($"{walk} {expected.Code}", $"{walk} {(status is "answered" or "NODATA" ? "NOERROR" : status)}");
            var wanted = WithoutTtl(expected.Section("ANSWER"));
            Assert.Equal(wanted, WithoutTtl([.. Records(root, "aliases"), .. root.TryGetProperty("answer", out _) ? Records(root, "answer") : []]));
        }
    }

    private static IReadOnlyList<string> Records(JsonElement root, string member) =>
    [
        .. root.GetProperty(member).EnumerateArray()
            .Select(static r => $"{r.GetProperty("name").GetString()} {r.GetProperty("ttl").GetUInt32()} {r.GetProperty("class").GetString()} {r.GetProperty("type").GetString()} {r.GetProperty("data").GetString()}")
            .Order(StringComparer.Ordinal),
    ];

    private static IReadOnlyList<string> WithoutTtl(IEnumerable<string> records)
        => [.. records.Select(static r => r.Split(' ')).Select(static w => string.Join(' ', w.Where(static (_, i) => i != 1))).Order(StringComparer.Ordinal)];

    private static void SkipIfImpossible()
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        foreach (var tool in (string[])["/usr/sbin/nsd", "/usr/sbin/unbound", "/usr/bin/dig"]) Assert.SkipUnless(File.Exists(tool), $"{tool} is not installed.");
    }

    private static async Task<(string[] One, string[] Other)> BothAsync(Func<(string Name, string Type), string> one, Func<(string Name, string Type), string> other)
    {
        SkipIfImpossible();
        using var tree = new NameTree();
        var script = tree.Start + string.Concat(Questions.Select(q => $"{one(q)}; echo {Mark}; {other(q)}; echo {Mark}\n"));
        var result = await Sandbox.RunAsync(script, limit: TimeSpan.FromSeconds(180));
        var parts = result.Output.Split(Mark);
        Assert.True(parts.Length == (Questions.Length * 2) + 1, result.ToString());
        return ([.. parts.Where(static (_, i) => i % 2 == 0).SkipLast(1)], [.. parts.Where(static (_, i) => i % 2 == 1)]);
    }
}
