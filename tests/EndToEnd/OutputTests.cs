using System.Runtime.InteropServices;
using System.Text.Json;
using Fathom.EndToEnd.Cases;
using Fathom.EndToEnd.Checks;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd;

/// <summary>The three outputs, many targets, and exit statuses, on a network.</summary>
public sealed class OutputTests(CaseWorld world) : IClassFixture<CaseWorld>
{
    private const int TerminalColumns = 80;

    // From the signal to the end there is nothing to wait for but the writing; a busy machine may need longer.
    private static readonly TimeSpan InterruptLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ConnectionLimit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Ndjson_is_one_line_per_stage_and_the_document_last()
    {
        var target = $"https://{Names.Www}/";

        var result = await RunAsync(["check", target, "--output", "ndjson"]);

        var lines = Lines(result.Output).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(0, result.ExitCode);
        Assert.All(lines, line => Assert.Equal(target, line.GetProperty("target").GetString()));
        Assert.All(lines[..^1], line => Assert.Equal("stage", line.GetProperty("type").GetString()));
        Assert.Equal("result", lines[^1].GetProperty("type").GetString());
        var document = CheckDocument.Read(lines[^1]);
        Assert.Equal("works", document.Verdict.Status);
        var announced = lines[..^1].Select(line => CheckDocument.Text(line, "stage")).Order();
        Assert.Equal(document.Stages.Select(stage => stage.Stage).Order(), announced);
    }

    [Fact]
    public async Task Targets_come_from_stdin_each_with_its_own_result()
    {
        string[] targets = [$"https://{Names.Www}/", $"https://{Names.V4Only}:{Ports.Closed}/", $"https://{Names.Www}/missing"];

        var result = await RunAsync(["check", "-", "--output", "ndjson"], string.Join('\n', targets) + "\n");

        var results = Lines(result.Output)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("type").GetString() == "result")
            .Select(CheckDocument.Read)
            .ToDictionary(document => document.Target, document => document.Verdict.Cause);
        Assert.Equal(targets.Order(), results.Keys.Order());
        Assert.Null(results[targets[0]]);
        Assert.Equal("tcp.refused", results[targets[1]]);
        Assert.Equal("http.client-error", results[targets[2]]);
        Assert.Equal(1, result.ExitCode);
    }

    [Theory]
    [InlineData(0, "https://www.good.test/", "https://www.good.test/missing")]
    [InlineData(1, "https://www.good.test/", "https://v4.good.test:444/")]
    [InlineData(2, "https://v4.good.test:444/", "gopher://www.good.test/")]
    public async Task The_exit_status_of_many_targets_is_the_worst(int expected, params string[] targets)
    {
        var result = await RunAsync(["check", "-", "--output", "ndjson"], string.Join('\n', targets) + "\n");

        Assert.True(expected == result.ExitCode, result.ToString());
    }

    [Theory]
    [InlineData("degraded", 1)]
    [InlineData("warn", 1)]
    public async Task A_degraded_target_fails_where_asked(string failOn, int expected)
    {
        var result = await RunAsync(["check", $"https://{Names.Www}/missing", "--output", "json", "--fail-on", failOn]);

        Assert.True(expected == result.ExitCode, result.ToString());
        Assert.Equal("degraded", CheckDocument.Parse(result).Verdict.Status);
    }

    [Fact]
    public async Task Text_on_a_pipe_is_plain_and_fits_a_terminal()
    {
        var result = await RunAsync(["check", $"https://{Names.Www}/"]);

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain('\u001b', result.Text);
        Assert.All(Lines(result.Output), line => Assert.True(line.Length <= TerminalColumns, line));
        Assert.Contains("works", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://v4.good.test:9015/", "text")]
    [InlineData("http://v4.good.test:9015/", "json")]
    [InlineData("http://v4.good.test:9015/", "ndjson")]
    [InlineData("https://escape.good.test/", "text")]
    [InlineData("https://escape.good.test/", "json")]
    public async Task Escape_sequences_from_the_network_never_come_out_raw(string target, string output)
    {
        var result = await RunAsync(["check", target, "--output", output]);

        // Neither C0 (but the line end) nor DEL nor C1 (ECMA-48): on a pipe fathom itself has no use for any.
        Assert.DoesNotContain(result.Text, character => char.IsControl(character) && character is not '\n');
    }

    // On a terminal fathom colors its own words, so here the network's sequences themselves are looked for.
    [Theory]
    [InlineData("http://v4.good.test:9015/")]
    [InlineData("https://escape.good.test/")]
    public async Task Escape_sequences_from_the_network_never_reach_a_terminal(string target)
    {
        var here = await ReadyAsync();
        var command = string.Join(' ', world.Fathom(here).CommandLine(Privilege.Root, ["check", target]));

        var result = await Shell.RunAsync(["script", "-qec", command, "/dev/null"], environment: here.Environment);

        Assert.DoesNotContain("\u001b]0;title", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31mred\u001b[0m", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', result.Text);
        Assert.DoesNotContain('\u009b', result.Text);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("ndjson")]
    public async Task An_interrupt_ends_the_check_with_what_is_known_so_far(string output)
    {
        var here = await ReadyAsync();
        var runner = world.Fathom(here);
        string[] arguments = ["check", $"https://{Names.V4Only}:{Ports.Stalled}/", "--output", output];
        using var process = Shell.Start(Shell.Interruptible(runner.CommandLine(Privilege.Nobody, arguments)), runner.Environment);
        var text = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();

        // The server has the ClientHello and will be silent: the check is in the middle of its longest wait.
        await WaitForRequestAsync(here, Ports.Stalled);
        Shell.Signal(process, PosixSignal.SIGINT);
        using var limit = new CancellationTokenSource(InterruptLimit);
        await process.WaitForExitAsync(limit.Token);

        var last = output == "ndjson" ? Lines(await text)[^1] : await text;
        var document = CheckDocument.Read(JsonDocument.Parse(last).RootElement);
        Assert.Contains(document.Stages, stage => stage is { Stage: "dns", Status: "pass" });
        Assert.Contains(document.Stages, stage => stage is { Stage: "connect", Status: "pass" });
        Assert.Contains(document.Stages, stage => stage is { Stage: "http", Status: "skipped" or "unknown" });
        Assert.Equal("unknown", document.Verdict.Status);
        // 130 is the shell's convention for SIGINT; the contract's for what was not measured is 3.
        Assert.True(process.ExitCode is 130 or 3, $"exit status {process.ExitCode}\n{await error}");
        Assert.DoesNotContain("   at ", await error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pcap_saves_the_evidence_of_root()
    {
        var here = await ReadyAsync();
        var file = Path.Combine(Path.GetTempPath(), Leftovers.RunPrefix, $"{here.Name}.pcapng");

        var result = await world.Fathom(here).RunAsync(Privilege.Root, ["check", $"https://{Names.V4Only}/", "--output", "json", "--pcap", file]);

        Assert.True(result.ExitCode == 0, result.ToString());
        var seen = await Shell.RunAsync(["tcpdump", "-n", "-r", file, "tcp[tcpflags] & tcp-syn != 0 and port 443"]);
        Assert.Contains($"{Topology.ServerV4}.443", seen.Output, StringComparison.Ordinal);
    }

    // OpenSSL and curl read what there is: a folder of roots that is missing takes nothing away from the file.
    [Fact]
    public async Task A_missing_folder_of_roots_does_not_hide_a_bad_certificate()
    {
        var here = await ReadyAsync();
        var command = world.Fathom(here).CommandLine(Privilege.Root, ["check", $"https://{Names.Expired}/", "--output", "json"]);
        var environment = new Dictionary<string, string>(here.Environment) { ["SSL_CERT_DIR"] = "/nonexistent" };

        var result = await Shell.RunAsync(command, environment: environment);

        Assert.Equal("tls.expired", CheckDocument.Parse(result).Verdict.Cause);
    }

    // Without any root a certificate's names and dates can still be read, and what was not judged is never called good.
    [Fact]
    public async Task Without_any_roots_an_expired_certificate_does_not_pass_for_good()
    {
        var here = await ReadyAsync();
        var command = world.Fathom(here).CommandLine(Privilege.Root, ["check", $"https://{Names.Expired}/", "--output", "json"]);
        var environment = new Dictionary<string, string>(here.Environment) { ["SSL_CERT_FILE"] = "", ["SSL_CERT_DIR"] = "/nonexistent" };

        var result = await Shell.RunAsync(command, environment: environment);

        Assert.NotEqual("works", CheckDocument.Parse(result).Verdict.Status);
    }

    // The file that the environment names is the user's input: wrong input has status 2 and one line.
    [Fact]
    public async Task An_unreadable_file_of_roots_is_refused()
    {
        var here = await ReadyAsync();
        var command = world.Fathom(here).CommandLine(Privilege.Root, ["check", $"https://{Names.Expired}/", "--output", "json"]);
        var environment = new Dictionary<string, string>(here.Environment) { ["SSL_CERT_FILE"] = "/nonexistent" };

        var result = await Shell.RunAsync(command, environment: environment);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("/nonexistent", Assert.Single(Lines(result.Error)), StringComparison.Ordinal);
    }

    // ss names bytes_received once there are any.
    private static async Task WaitForRequestAsync(World here, int port)
    {
        using var limit = new CancellationTokenSource(ConnectionLimit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await here.ExecuteAsync(Node.Server, $"ss -Htni state established sport = :{port}")).Output.Contains("bytes_received", StringComparison.Ordinal))
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    private async Task<World> ReadyAsync()
    {
        Requirements.SkipWithoutWorld();
        FathomBinary.SkipIfAbsent();
        var here = await world.GetAsync();
        await here.ResetAsync();
        return here;
    }

    private async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, string? input = null) =>
        await world.Fathom(await ReadyAsync()).RunAsync(Privilege.Nobody, arguments, input);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
