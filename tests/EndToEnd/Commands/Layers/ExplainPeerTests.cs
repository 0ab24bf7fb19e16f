using System.Text.Json;

namespace Fathom.EndToEnd.Commands.Layers;

/// <summary><c>fathom explain</c> says what the system's and Python's own lists say, and of what they do not know either, that it is not known.</summary>
public sealed class ExplainPeerTests
{
    [Fact]
    public async Task Status_codes_have_the_phrases_of_Python()
    {
        var peer = await Python("import http, json; print(json.dumps({s.value: s.phrase for s in http.HTTPStatus}))");
        foreach (var (code, phrase) in JsonSerializer.Deserialize<Dictionary<string, string>>(peer)!)
        {
            // Renamed by RFC 9110 (§15.5.14, §15.5.15, §15.5.17, §15.5.21), and since in Python, too; 418 is reserved there and not registered.
            if (code is "413" or "414" or "416" or "422" or "418" or "208" or "510") continue;
            var answer = await Explain(code);
            Assert.Contains(answer.EnumerateArray(), a => string.Equals(a.GetProperty("title").GetString(), $"HTTP status {code}, {phrase}", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(17)]
    [InlineData(41)]
    [InlineData(47)]
    [InlineData(50)]
    [InlineData(58)]
    [InlineData(132)]
    public async Task Protocol_numbers_have_the_names_of_the_system(int number)
    {
        var name = (await Shell.RunAsync(["getent", "protocols", number.ToString(System.Globalization.CultureInfo.InvariantCulture)])).OrFail().Output.Split(' ', 2)[0];
        Assert.Contains(name.Replace("ipv6-icmp", "icmpv6", StringComparison.OrdinalIgnoreCase), (await Explain("protocol", number.ToString(System.Globalization.CultureInfo.InvariantCulture)))[0].GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("22")]
    [InlineData("53")]
    [InlineData("443")]
    [InlineData("993")]
    [InlineData("5432")]
    public async Task Ports_have_the_names_of_the_system(string port)
    {
        var name = (await Shell.RunAsync(["getent", "services", port])).OrFail().Output.Split(' ', 2)[0];
        Assert.Contains($"{name}/tcp", (await Explain("port", port))[0].GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("599")]
    [InlineData("protocol", "x")]
    [InlineData("no-such-thing-anywhere")]
    public async Task What_nobody_knows_is_status_1(params string[] words)
    {
        var result = await Shell.RunAsync([FathomBinary.File!, "explain", .. words]);
        Assert.True(result.ExitCode == 1 && result.Output.Length == 0 && result.Error.Contains("not known", StringComparison.Ordinal), result.ToString());
    }

    private static async Task<JsonElement> Explain(params string[] words)
    {
        FathomBinary.SkipIfAbsent();
        var result = (await Shell.RunAsync([FathomBinary.File!, "explain", .. words, "--output", "json"])).OrFail();
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("answers").Clone();
    }

    private static async Task<string> Python(string program)
    {
        FathomBinary.SkipIfAbsent();
        return (await Shell.RunAsync(["python3", "-c", program])).OrFail().Output;
    }
}
