using System.Text.Json;

namespace Fathom.EndToEnd.Commands;

/// <summary>Commands in the lab: no network is needed, and the same line gives the same octets.</summary>
public sealed class LabTests
{
    [Fact]
    public async Task A_check_without_a_target_is_of_the_scenarios_own_and_works()
    {
        var result = await RunAsync("check", "--lab", "--output", "json");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var document = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("https://www.example.com/", document.GetProperty("target").GetString());
        Assert.Equal("works", document.GetProperty("verdict").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("link.down")]
    [InlineData("route.missing")]
    [InlineData("dns.server-unreachable")]
    [InlineData("tcp.refused")]
    [InlineData("tcp.filtered@www:443")]
    public async Task A_fault_is_what_the_check_names(string fault)
    {
        var result = await RunAsync("check", "--lab", "--fault", fault, "--output", "json");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(fault.Split('@')[0], JsonDocument.Parse(result.Output).RootElement.GetProperty("verdict").GetProperty("cause").GetString());
    }

    [Theory]
    [InlineData("check --lab --output json")]
    [InlineData("check --lab --seed 7 --fault path.loss --output json")]
    [InlineData("ping --lab -c 5 www.example.com")]
    [InlineData("trace --lab www.example.com --output json")]
    [InlineData("http --lab https://www.example.com/hello -v")]
    [InlineData("dns --lab --trace www.example.com")]
    public async Task The_same_line_gives_the_same_octets(string line)
    {
        var first = await RunAsync(line.Split(' '));
        var second = await RunAsync(line.Split(' '));
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(first.ExitCode, second.ExitCode);
        Assert.NotEmpty(first.Output);
    }

    [Fact]
    public async Task A_new_scenario_file_is_one_that_works()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("fathom-lab").FullName, "mine.yaml");
        try
        {
            Assert.Equal(0, (await RunAsync("lab", "new", file)).ExitCode);
            var again = await RunAsync("lab", "new", file);
            Assert.Equal(2, again.ExitCode); // nothing is overwritten
            Assert.Equal(0, (await RunAsync("lab", "show", file)).ExitCode);
            Assert.Equal(0, (await RunAsync("check", "--lab=" + file)).ExitCode);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        FathomBinary.SkipIfAbsent();
        return await Shell.RunAsync([FathomBinary.File!, .. arguments]);
    }
}
