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

    [Theory]
    [InlineData("dns --lab www.example.com", "", "192.168.1.10")]
    [InlineData("dns --lab www.example.com", "home-router/wan", "198.51.100.2")] // behind the translator
    [InlineData("check --lab dns://192.0.2.53/www.example.com", "home-router/wan", "198.51.100.2")] // check has a --pcap of its own
    public async Task Packets_are_saved_at_any_port(string line, string port, string asker)
    {
        var folder = Directory.CreateTempSubdirectory("fathom-lab").FullName;
        try
        {
            var file = Path.Combine(folder, "saved.pcapng");
            var result = await RunAsync([.. line.Split(' '), "--pcap", file, .. port.Length > 0 ? new[] { "--pcap-at", port } : []]);
            Assert.True(result.ExitCode == 0, result.ToString());
            var asked = await Shell.RunAsync(["tshark", "-r", file, "-Y", "dns.flags.response == 0 && ip", "-T", "fields", "-e", "ip.src"]);
            Assert.Equal([asker], asked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("ping 127.0.0.1 -c 1 --fault link.down", "--fault is of the lab: add --lab")]
    [InlineData("ip 10.0.0.1 --from laptop", "--from is of the lab: add --lab")]
    [InlineData("dns www.example.com --pcap /nowhere/file", "--pcap is of the lab: add --lab")]
    [InlineData("dns www.example.com --lab --pcap /nowhere/file", "--pcap /nowhere/file: ")]
    [InlineData("dns www.example.com --lab --pcap-at laptop/eth0", "add --pcap FILE")]
    [InlineData("dns www.example.com --lab --pcap /tmp/unused --pcap-at laptop/eth9", "the lab has no such port")]
    public async Task What_makes_no_sense_is_refused(string line, string reason)
    {
        var result = await RunAsync(line.Split(' '));
        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    private static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        FathomBinary.SkipIfAbsent();
        return await Shell.RunAsync([FathomBinary.File!, .. arguments]);
    }
}
