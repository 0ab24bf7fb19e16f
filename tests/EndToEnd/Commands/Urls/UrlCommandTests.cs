using System.Text.Json;

namespace Fathom.EndToEnd.Commands.Urls;

/// <summary><c>fathom url</c> beside Node's URL and Python's urllib: the same facts; and what it says to wrong command lines and hostile input.</summary>
public sealed class UrlCommandTests
{
    private static readonly string[] Parts = ["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"];

    [Theory]
    [InlineData("HTTPS://user:p%61ss@B\u00FCcher.Example:443/a/../b c?d=\u00E9&e#\u00FC", null)]
    [InlineData("http://0x7f.1:8080\\x\\..\\y", null)]
    [InlineData("http://[2001:DB8:0:0:1:0:0:1]/?'", null)]
    [InlineData("file:///C|/x/../../y", null)]
    [InlineData("mailto:ann@shop.example?subject=a b", null)]
    [InlineData("../x?y#z", "https://shop.example:81/a/b/c")]
    [InlineData("http://shop.example:99999/", null)]
    [InlineData("http://1.2.3.4.5/", null)]
    [InlineData("http://a<b/", null)]
    [InlineData("relative", null)]
    public async Task As_Node_reads_it(string text, string? baseText)
    {
        var fathom = await FathomAsync(baseText is null ? [text, "--output", "json"] : [text, "--base", baseText, "--output", "json"]);
        var document = JsonDocument.Parse(fathom.Output).RootElement;
        var script = $"try {{ const u = new URL({JsonSerializer.Serialize(text)}{(baseText is null ? "" : ", " + JsonSerializer.Serialize(baseText))}); console.log(JSON.stringify({JsonSerializer.Serialize(Parts)}.map(p => u[p]))) }} catch {{ console.log('null') }}";
        var node = await PeerAsync("node", "-e", script);
        var theirs = JsonDocument.Parse(node.Output).RootElement;
        Assert.Equal(theirs.ValueKind != JsonValueKind.Null, document.GetProperty("valid").GetBoolean());
        Assert.Equal(theirs.ValueKind == JsonValueKind.Null ? 1 : 0, fathom.ExitCode);
        if (theirs.ValueKind == JsonValueKind.Null) return;
        Assert.Equal(theirs.EnumerateArray().Select(static e => e.GetString()), Parts.Select(p => document.GetProperty(p).GetString()));
    }

    [Theory]
    [InlineData("a b&c=\u00FC/?%+'()*!~", "component", "quote(t, safe=\"-._~!'()*\")")]
    [InlineData("a b&c=\u00FC/?%+", "form", "quote_plus(t, safe='*-._').replace('~', '%7E')")]
    public async Task Encoding_is_as_Python_does_it(string text, string set, string expression)
    {
        var fathom = await FathomAsync("encode", text, "--set", set);
        var python = await PeerAsync("python3", "-c", $"import sys; from urllib.parse import *; t = sys.argv[1]; print({expression})", text);
        Assert.Equal(python.Output, fathom.Output);
    }

    [Fact]
    public async Task A_query_is_listed_as_Python_lists_it()
    {
        const string Query = "a=1&b=%C3%BC+x&a=3&c&=d&&e=f=g";
        var fathom = await FathomAsync("http://h/?" + Query, "--output", "json");
        var python = await PeerAsync("python3", "-c", "import json, sys; from urllib.parse import parse_qsl; print(json.dumps(parse_qsl(sys.argv[1], keep_blank_values=True)))", Query);
        var ours = JsonDocument.Parse(fathom.Output).RootElement.GetProperty("query").EnumerateArray().Select(static e => (e.GetProperty("name").GetString(), e.GetProperty("value").GetString()));
        var theirs = JsonDocument.Parse(python.Output).RootElement.EnumerateArray().Select(static e => (e[0].GetString(), e[1].GetString()));
        Assert.Equal(theirs, ours);
    }

    [Theory]
    [InlineData("expected a URL")]
    [InlineData("--base", "/x", "--base", "nothing")]
    [InlineData("PART=VALUE", "http://h/", "--set", "port")]
    [InlineData("PART=VALUE", "http://h/", "--set", "color=red")]
    [InlineData("PART=VALUE", "http://h/", "--set", "3=red")]
    [InlineData("NAME=VALUE", "http://h/", "--query-set", "a")]
    [InlineData("NAME=VALUE", "http://h/", "--query-append", "a")]
    [InlineData("xml", "http://h/", "--output", "xml")]
    [InlineData("--nothing", "http://h/", "--nothing")]
    [InlineData("text", "encode")]
    [InlineData("everything", "encode", "x", "--set", "everything")]
    public async Task A_wrong_command_line_is_refused(string words, params string[] arguments)
    {
        var result = await FathomAsync(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(words, result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_would_move_a_terminals_cursor_is_shown_escaped()
    {
        foreach (var text in new[] { "http://h/\u001b[2Jx", "http://\u202Eabc/", "x:\u0007\u009B", "http://h/?\u001b]0;t\u0007" })
        {
            var result = await FathomAsync(text, "--explain", "--show-equivalent");
            Assert.DoesNotContain(result.Text, static c => char.IsControl(c) && c != '\n');
            Assert.DoesNotContain('\u202E', result.Text);
        }

        Assert.Equal("\\x1B[2J\n", (await FathomAsync("decode", "%1B[2J")).Output);
    }

    [Fact]
    public async Task Lines_are_answered_while_they_come()
    {
        FathomBinary.SkipIfAbsent();
        using var process = Shell.Start([FathomBinary.File!, "url", "-"]);
        foreach (var (line, answer) in new[] { ("HTTP://A/", "http://a/"), ("http://b/..", "http://b/") })
        {
            await process.StandardInput.WriteLineAsync(line);
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal(answer, await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_million_lines_pass_through()
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var result = (await Sandbox.RunAsync("seq 1000000 | sed 's|.*|HTTPS://Shop.Example:443/a/../b/&?q=&|' | fathom url - | tail -n 1")).OrFail();
        Assert.Equal("https://shop.example/b/1000000?q=1000000\n", result.Output);
    }

    private static async Task<CommandResult> FathomAsync(params string[] arguments)
    {
        FathomBinary.SkipIfAbsent();
        return await Shell.RunAsync([FathomBinary.File!, "url", .. arguments], environment: new Dictionary<string, string> { ["NO_COLOR"] = "1" });
    }

    private static async Task<CommandResult> PeerAsync(string program, params string[] arguments)
    {
        try
        {
            return (await Shell.RunAsync([program, .. arguments], environment: new Dictionary<string, string> { ["PYTHONIOENCODING"] = "utf-8" })).OrFail();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not here.");
            throw;
        }
    }
}
