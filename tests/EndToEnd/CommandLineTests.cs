using Fathom.EndToEnd.Checks;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd;

/// <summary>A wrong command line: status 2, nothing on stdout, one clear line that says what was expected. No network is needed.</summary>
public sealed class CommandLineTests
{
    private static readonly string LongName = string.Join('.', Enumerable.Repeat(new string('a', 63), 4)) + ".test";

    public static TheoryData<string, string> WrongTargets => new()
    {
        { "https://", "" },
        { "http://[::1/", "" },
        { "https://exa mple.test/", "" },
        { "1.2.3.4.5:x", "" },
        { "host:port", "port" },
        { "gopher://example.test/", "https" },
        { "ftp://example.test/", "https" },
        { "https://example.test:65536/", "65535" },
        { "example.test:99999", "65535" },
        { "tcp://example.test", "port" },
        { $"https://{LongName}/", "25[35]" },
        { $"https://{new string('a', 64)}.test/", "63" },
    };

    [Theory]
    [MemberData(nameof(WrongTargets))]
    public async Task A_wrong_target_is_refused_in_one_line(string target, string pattern)
    {
        var result = await RunAsync("check", target, "--output", "json");

        AssertRefused(result);
        Assert.Matches(pattern, result.Error);
    }

    [Fact]
    public async Task An_unreadable_CA_file_is_refused_by_name()
    {
        var result = await RunAsync("check", "https://example.test/", "--ca-file", "/nonexistent/ca.pem");

        AssertRefused(result);
        Assert.Contains("/nonexistent/ca.pem", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CA_file_without_a_certificate_is_refused_by_name()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "this is no certificate\n");

            var result = await RunAsync("check", "https://example.test/", "--ca-file", file);

            AssertRefused(result);
            Assert.Contains(file, result.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check", "https://example.test/", "--output", "yaml")]
    [InlineData("check", "https://example.test/", "--no-such-option")]
    [InlineData("check", "https://example.test/", "--timeout", "soon")]
    [InlineData("no-such-command")]
    public async Task A_wrong_command_line_has_status_2(params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.False(string.IsNullOrWhiteSpace(result.Error), result.ToString());
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("check", "--help")]
    public async Task Asking_for_help_succeeds(params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.True(result.ExitCode == 0 && result.Output.Length > 0, result.ToString());
    }

    private static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        FathomBinary.SkipIfAbsent();
        return await Shell.RunAsync([FathomBinary.File!, .. arguments], environment: new Dictionary<string, string> { ["NO_COLOR"] = "1" });
    }

    private static void AssertRefused(CommandResult result)
    {
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.True(result.Output.Length == 0, result.ToString());
        Assert.True(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 1, $"One line expected:\n{result}");
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
    }
}
