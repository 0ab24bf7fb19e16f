using System.Diagnostics;
using System.Text.Json;
using Fathom.Wire.Application.Urls;

namespace Fathom.Wire.Tests.Application.Urls;

/// <summary>The same answers as others give to many generated texts: Node's URL (ada) for the URL Standard, Python's urllib for the resolution of RFC 3986.</summary>
public sealed class UrlPeerTests(ITestOutputHelper output)
{
    private const int Texts = 20_000;

    [Fact]
    public async Task As_Node_reads_them()
    {
        // '^' in a path, xn-- labels of ASCII names and spaces at the end of opaque paths follow rules that are younger than Node 20, and with a base that has an opaque path it takes
        // more than a fragment, and ".." against a root path of a scheme it does not know takes the host away.
        string[] pieces = ["http:", "https:", "file:", "ws:", "x:", "/", "//", "\\", "?", "#", "@", ":", "[", "]", "[::1]", "[1:2::3.4.5.6]", "1", "0x7f", ".", "..", "%2e", "%", "%41", "\t", "a", "B.c", "C|", "c:", "\u00FC", "localhost", "65536", "80", "443", "'", "\"", "<", "&", "=", "+", "|", "{", "0300", "256"];
        string?[] bases = [null, "http://h/p/q?r#s", "file:///C:/x/y", "x:opaque", "x:/a/b", "x://h/p/q", "file://h/x", "https://u:p@h:81/a/b/c"];
        var random = new Random(24);
        var questions = Enumerable.Range(0, Texts).Select(_ => new[]
        {
            string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)])), bases[random.Next(bases.Length)],
        }).Where(static q => q[1] != "x:opaque" || q[0]!.StartsWith('#') || !q[0]!.Contains('#', StringComparison.Ordinal)).ToArray();
        const string Script = """
            const q = JSON.parse(require('fs').readFileSync(0)); const out = [];
            for (const [t, b] of q) { try { const u = b === null ? new URL(t) : new URL(t, b); out.push([u.href, u.origin, u.username, u.password, u.host, u.port, u.pathname, u.search, u.hash]); } catch { out.push(null); } }
            console.log(JSON.stringify(out));
            """;
        var answers = await AskAsync("node", ["-e", Script], questions);
        var (accepted, differing) = (0, new List<string>());
        for (var i = 0; i < questions.Length; i++)
        {
            var theirs = answers[i].ValueKind == JsonValueKind.Null ? null : answers[i].EnumerateArray().Select(static e => e.GetString()!).ToArray();
            var baseUrl = questions[i][1] is { } b ? Url.Parse(b) : null;
            var ours = Url.TryParse(questions[i][0], baseUrl, out var u, out _) ? new[] { u.Href, u.Origin, u.Username, u.Password, u.Host, u.Port, u.Pathname, u.Search, u.Hash } : null;
            if (ours is not null) accepted++;
            if (!(ours ?? []).SequenceEqual(theirs ?? []) || ours is null != theirs is null) differing.Add($"\"{questions[i][0]}\" against {questions[i][1]}: {(ours is null ? "refused" : string.Join(' ', ours))}, Node {(theirs is null ? "refused" : string.Join(' ', theirs))}");
        }

        output.WriteLine($"{questions.Length} texts, {accepted} URLs, {differing.Count} differ");
        Assert.Empty(differing.Take(5));
        Assert.InRange(accepted, Texts / 10, Texts);
    }

    [Fact]
    public async Task As_Python_resolves_them()
    {
        string[] segments = ["a", "b", ".", "..", "...", "c;d", "%2e"];
        var random = new Random(25);
        var questions = Enumerable.Range(0, Texts).Select(_ =>
        {
            var path = (random.Next(3) == 0 ? "/" : "") + string.Join('/', Enumerable.Range(0, random.Next(1, 6)).Select(_ => segments[random.Next(segments.Length)]));
            return new[] { path + (random.Next(3) == 0 ? "?q" : "") + (random.Next(3) == 0 ? "#f" : ""), "http://h/" + string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => segments[random.Next(2)])) };
        }).ToArray();
        var answers = await AskAsync("python3", ["-c", "import json, sys; from urllib.parse import urljoin; print(json.dumps([urljoin(b, r) for r, b in json.load(sys.stdin)]))"], questions);
        var differing = new List<string>();
        for (var i = 0; i < questions.Length; i++)
        {
            Assert.True(UriReference.TryParse(questions[i][0], out var reference, out _) & UriReference.TryParse(questions[i][1]!, out var baseUri, out _));
            var ours = reference!.Resolve(baseUri!).ToString();
            if (ours != answers[i].GetString()) differing.Add($"{questions[i][0]} against {questions[i][1]}: {ours}, Python {answers[i]}");
        }

        output.WriteLine($"{questions.Length} references, {differing.Count} differ");
        Assert.Empty(differing.Take(5));
    }

    private static async Task<JsonElement[]> AskAsync(string program, string[] arguments, string?[][] questions)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not here.");
            return [];
        }

        using (process)
        {
            var answer = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.StandardInput.WriteAsync(JsonSerializer.Serialize(questions));
            process.StandardInput.Close();
            return [.. JsonDocument.Parse(await answer).RootElement.EnumerateArray()];
        }
    }
}
