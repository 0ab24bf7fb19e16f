using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Fathom.EndToEnd.Commands;

/// <summary>Being a host of a lab, by a script; and a lab at work.</summary>
public sealed partial class LabShellTests
{
    [Fact]
    public async Task What_is_broken_is_seen_and_what_is_mended_works()
    {
        var result = await ShellAsync("""
            http https://www.example.com/hello
            break tcp.refused
            faults
            http https://www.example.com/hello
            mend
            faults
            http https://www.example.com/hello
            """);
        Assert.Equal(2, Regex.Count(result.Output, "^hello ", RegexOptions.Multiline));
        Assert.Contains("tcp.refused: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("nothing is broken", result.Output, StringComparison.Ordinal);
        Assert.Contains("connection refused", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    // The command is stopped where it is, from the lab's own thread.
    [Fact]
    public async Task A_lab_ends_when_its_time_is_over_whatever_runs_in_it()
    {
        foreach (var time in new[] { "0s", "1ms", "2500ms" })
        {
            var result = await Shell.RunAsync([Binary(), "lab", "run", "--speed", "0", "--for", time, "--", "ping", "www.example.com"]);
            Assert.Equal((0, true), (result.ExitCode, result.Error.Contains(" s of A small internet", StringComparison.Ordinal)));
        }

        var demo = await Shell.RunAsync([Binary(), "cookies", "session-demo", "--lab"]);
        Assert.Equal((0, string.Empty), (demo.ExitCode, demo.Error));
    }

    [Theory]
    [InlineData("check", "--lab=")]
    [InlineData("ping", "--lab=")]
    [InlineData("lab", "new", "/tmp/fathom-lab.txt")]
    [InlineData("check", "--lab=/dev/full.yaml")]
    public async Task A_wrong_line_is_one_line_of_complaint(params string[] line)
    {
        var result = await Shell.RunAsync([Binary(), .. line]);
        Assert.Equal((2, string.Empty, 1), (result.ExitCode, result.Output, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
    }

    [Fact]
    public async Task A_scenario_without_an_end_is_refused()
    {
        var file = Path.Combine(Path.GetTempPath(), $"fathom-{Guid.NewGuid():N}.yaml");
        File.CreateSymbolicLink(file, "/dev/zero");
        try
        {
            var result = await Shell.RunAsync([Binary(), "check", "--lab=" + file]);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains("larger than 4 MiB", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Each is a line of its own for the shell; none of them is an error of the program.
    [Fact]
    public async Task Lines_that_say_nothing_are_refused_or_passed_over()
    {
        var result = await ShellAsync("\"\n\"\"\n'\n\\\n&\n@\n#\n   \ntime\n");
        Assert.Contains("0.000000 s since the beginning", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_back_and_doing_the_same_gives_the_same_packets()
    {
        const string Work = """
            break path.loss
            ping -c 5 www.example.com
            mend path.loss
            @phone http -4 https://www.example.com/hello
            run 300ms
            step 20
            hash

            """;
        var result = await ShellAsync("ping -c 1 www.example.com\nhash\n" + Work + "rewind 6\nhash\n" + Work + "rewind 1s\nhash\nrewind 7\n");
        var hashes = Hash().Matches(result.Output).Select(static m => m.Value).ToList();
        Assert.Equal(5, hashes.Count);
        Assert.Equal(hashes[0], hashes[2]); // where it went back to
        Assert.Equal(hashes[1], hashes[3]); // done again
        Assert.NotEqual(hashes[0], hashes[1]);
        Assert.Contains("1.000000 s, after 2 commands, the same packets as the first time; inside of 'ping -c 5 www.example.com', which goes on as time passes (job 1)", result.Output, StringComparison.Ordinal);
        Assert.Contains("rewind 7: there were", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_back_into_a_command_and_on_again_gives_the_same_packets()
    {
        const string Work = "dns www.example.com\nping -c 5 -i 0.5 203.0.113.80\nrun 1s\n";
        var whole = await ShellAsync(Work + "time\nhash");
        var end = decimal.Parse(Regex.Match(whole.Output, @"^([0-9.]+) s since", RegexOptions.Multiline).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        // Into the third echo's second; there again, which changes nothing; on to where it had been; back into what only let time pass.
        var there = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"run {(end - 1.2m) * 1000000}us");
        var late = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rewind {(end - 0.25m) * 1000000}us");
        var result = await ShellAsync($"{Work}rewind 1.2s\ntime\nhash\njobs\nrewind 1.2s\nhash\n{there}\njobs\nhash\n{late}\nrun 250000us\nhash\nhistory");
        Assert.Contains("1.200000 s, after 1 command, the same packets as the first time; inside of 'ping -c 5 -i 0.5 203.0.113.80', which goes on as time passes (job 1)\n1.200000 s since", result.Output, StringComparison.Ordinal);
        Assert.Contains("1.200000 s, after 2 commands, the same packets as the first time\n", result.Output, StringComparison.Ordinal);
        var hashes = Hash().Matches(result.Output).Select(static m => m.Value).ToList();
        Assert.Equal(4, hashes.Count);
        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal(Hash().Match(whole.Output).Value, hashes[2]);
        Assert.Equal(Hash().Match(whole.Output).Value, hashes[3]);
        Assert.Contains("1  @laptop ping -c 5 -i 0.5 203.0.113.80  runs\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("1  @laptop ping -c 5 -i 0.5 203.0.113.80  ended with status 0\n", result.Output, StringComparison.Ordinal);

        // What came before is not said again; what comes afterwards is.
        Assert.Equal(2, Regex.Count(result.Output, "5 packets transmitted"));
        Assert.Equal(1, Regex.Count(result.Output, "icmp_seq=2 "));
        Assert.Equal(2, Regex.Count(result.Output, "icmp_seq=5 "));
        Assert.Matches(@"\n +2  ping -c 5 -i 0\.5 203\.0\.113\.80   # until 1\.200000 s, then beside what follows\n", result.Output);
    }

    [Fact]
    public async Task Another_seed_gives_other_packets()
    {
        var first = await ShellAsync("ping -c 1 www.example.com\nhash");
        var other = await ShellAsync("ping -c 1 www.example.com\nhash", "--seed", "2");
        Assert.NotEqual(Hash().Match(first.Output).Value, Hash().Match(other.Output).Value);
        Assert.Equal(Hash().Match(first.Output).Value, Hash().Match((await ShellAsync("ping -c 1 www.example.com\nhash")).Output).Value);
    }

    [Fact]
    public async Task A_server_runs_beside_its_client_until_it_is_ended()
    {
        var result = await ShellAsync("""
            @www tcp listen 0.0.0.0:9999 --echo &
            tcp connect www.example.com 9999 --send hi
            jobs
            kill 1
            run 100ms
            jobs
            """);
        Assert.Contains("[1] @www tcp listen 0.0.0.0:9999 --echo", result.Output, StringComparison.Ordinal);
        Assert.Contains("served 1 client, at most 1 at once: 2 octets in, 2 out", result.Output, StringComparison.Ordinal);
        Assert.Contains("--echo  runs", result.Output, StringComparison.Ordinal);
        Assert.Contains("--echo  ended with status 0", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Captured_frames_are_what_tshark_reads()
    {
        var folder = Directory.CreateTempSubdirectory("fathom-shell").FullName;
        try
        {
            var file = Path.Combine(folder, "all.pcapng");
            await ShellAsync($"capture {file}\nhttp https://www.example.com/hello\ncapture off");
            var malformed = await Shell.RunAsync(["tshark", "-r", file, "-Y", "_ws.malformed"]);
            Assert.Empty(malformed.Output);
            var hello = await Shell.RunAsync(["tshark", "-r", file, "-Y", "tls.handshake.type == 1", "-T", "fields", "-e", "tls.handshake.extensions_server_name"]);
            Assert.Contains("www.example.com", hello.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("@nobody ping www.example.com", "there is no host 'nobody'")]
    [InlineData("break everything", "there is no fault 'everything'")]
    [InlineData("mend", "nothing is broken")]
    [InlineData("run fast", "expected 'run TIME'")]
    [InlineData("quit now", "'quit' takes nothing behind it")]
    [InlineData("rewind 3", "there were 0 commands only")]
    [InlineData("lab list", "does not run in a lab")]
    [InlineData("frobnicate", "unknown command 'frobnicate'")]
    public async Task A_wrong_line_is_refused_and_the_next_is_done(string line, string reason)
    {
        var result = await ShellAsync(line + "\ntime");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Contains(" since the beginning", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_on_a_pipe_is_a_line_for_each_packet_in_the_order_of_time()
    {
        var result = await Shell.RunAsync([Binary(), "lab", "run", "--speed", "0", "--", "dns", "www.example.com"]);
        Assert.Equal(0, result.ExitCode);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var times = lines.Select(static l => decimal.Parse(l.AsSpan(0, 11), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Contains(lines, static l => l.Contains("resolver → provider-router", StringComparison.Ordinal) && l.Contains("DNS query A www.example.com", StringComparison.Ordinal));
        Assert.Contains("DNS response A www.example.com: 203.0.113.80", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_without_a_command_takes_words_on_a_pipe()
    {
        // So slow, and then paused, nothing has crossed a link before the words are read, however late that is: the check runs into what is broken then.
        var result = await Shell.RunAsync([Binary(), "lab", "run", "--speed", "0.0001", "--for", "20s"], "pause\nbreak tcp.refused\nfaults\nhosts\nstep many\nspeed 0\nspeed 1000\ngo\n");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("broken: tcp.refused\ntcp.refused: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("[RST", result.Output, StringComparison.Ordinal);
        Assert.Contains("expected 'step' or 'step N'", result.Error, StringComparison.Ordinal);
        Assert.Contains("expected 'speed N'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_an_end_keeps_step_with_real_time_in_a_lab()
    {
        // An echo a second; a lab whose clock ran away would send thousands.
        var watch = Stopwatch.StartNew();
        using var process = Shell.Start(Shell.Interruptible([Binary(), "ping", "--lab", "203.0.113.80"]));
        string? line;
        do line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line?.Contains("icmp_seq=3", StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(2), watch.Elapsed.ToString());
        Shell.Signal(process, PosixSignal.SIGINT);
        var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.InRange(3 + Regex.Count(rest, "icmp_seq="), 3, watch.Elapsed.TotalSeconds + 1);
        Assert.Contains("packets transmitted", rest, StringComparison.Ordinal);
    }

    private static string Binary()
    {
        FathomBinary.SkipIfAbsent();
        return FathomBinary.File!;
    }

    private static Task<CommandResult> ShellAsync(string script, params string[] arguments) => Shell.RunAsync([Binary(), "lab", "shell", .. arguments], script + "\n");

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.Multiline)]
    private static partial Regex Hash();
}
