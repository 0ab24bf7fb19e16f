using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Labs.Live;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Lab;
using Fathom.Lab.Capture;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Application;

namespace Fathom.Cli.Labs.Shell;

/// <summary>
/// Being a host of a lab, line by line. What happened is a matter of scenario, seed and lines, so that going back is to begin again and to do fewer of them; each replay is compared
/// with what had happened, frame by frame, by the hash of the lab's log.
/// </summary>
internal sealed class LabShell : IDisposable
{
    // Who writes more behind one of these means something that is not done.
    private static readonly string[] Bare = ["quit", "exit", "help", "time", "hash", "faults", "hosts", "jobs", "history", "show"];

    private readonly CommandRun _run;
    private readonly Scenario _scenario;
    private readonly ulong _seed;
    private readonly string _from;
    private readonly int _width;
    private readonly ShellRunner _runner = new();
    private readonly List<ShellEntry> _history = [];
    private ShellWorld _world;
    private LabCapture? _capture;
    private EventLines? _watch;
    private bool _isReplay;

    /// <summary>Begins.</summary>
    /// <param name="run">Where results go.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The luck.</param>
    /// <param name="from">The host to begin on.</param>
    /// <param name="width">What a line may take.</param>
    public LabShell(CommandRun run, Scenario scenario, ulong seed, string from, int width)
    {
        (_run, _scenario, _seed, _from, _width) = (run, scenario, seed, from, width);
        _world = new ShellWorld(scenario, seed, from);
        _runner.TakeSignals();
    }

    /// <summary>Who one is, and when.</summary>
    public string Prompt => string.Create(CultureInfo.InvariantCulture, $"{_world.Host.Name} {_world.Now.TotalSeconds:0.000}> ");

    /// <summary>Asks for a line at a terminal; null: its end. Ctrl-C gives the prompt again.</summary>
    /// <param name="input">Where lines come from.</param>
    public string? Ask(TextReader input)
    {
        Console.Error.Write(Prompt);
        return _runner.Await(input.ReadLine, () => Console.Error.Write($"\n{Prompt}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Input.Interruption.Taker = null;
        _watch?.Dispose();
        _capture?.Dispose();
        _world.Dispose();
    }

    /// <summary>Does what a line says.</summary>
    /// <param name="line">The line.</param>
    /// <param name="quits">It says that this is the end.</param>
    /// <returns>False where it was refused; why is said.</returns>
    public bool Execute(string line, out bool quits)
    {
        quits = false;
        line = line.Trim();
        if (line.Length == 0 || line[0] == '#') return true;
        var words = LineWords.Split(line);
        var rest = words.Skip(1).ToList();
        if (words.Count == 0) return true; // a quotation mark alone
        if (rest.Count > 0 && Bare.Contains(words[0])) return Refuse($"'{words[0]}' takes nothing behind it");
        switch (words[0])
        {
            case "quit" or "exit":
                quits = true;
                return true;
            case "help":
                return Say(ShellHelp.Text.TrimEnd('\n'));
            case "time":
                return Say($"{LabTimeText.Of(_world.Now)} since the beginning, {_world.Lab.Clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} in the lab; {_world.Lab.Hops:N0} frames");
            case "hash":
                return Say(_world.Lab.LogHash);
            case "faults":
                return Say(_world.Broken.Text);
            case "hosts":
                return Say(HostLines.Of(_world.Lab));
            case "jobs":
                return Say(string.Join('\n', _world.Jobs.Select(static j => $"{j.Number}  {j.Line}  {(j.Task.IsCompleted ? $"ended with status {j.Task.Result}" : "runs")}")));
            case "history":
                return Say(string.Join('\n', _history.Select(static (e, i) => $"{i + 1,3}  {e.Line}{(e.Cut.HeldAt is { } at ? $"   # until {LabTimeText.Of(at)}, then beside what follows" : string.Empty)}")));
            case "show":
                ScenarioPicture.Draw(_run.Console, _scenario);
                return true;
            case "next":
                return Next(rest);
            case "watch":
                return Watch(rest);
            case "capture":
                return Capture(rest);
            case "rewind":
                return Rewind(rest);
            default:
                return Record(line, words, ShellCut.None);
        }
    }

    // What changes the lab, and is done again by a replay.
    private bool Record(string line, List<string> words, ShellCut cut)
    {
        var interruptedAt = cut.InterruptedAt;
        var rest = words.Skip(1).ToList();
        var isDone = words[0] switch
        {
            "break" => Break(rest),
            "mend" => Mend(rest),
            "step" => Step(rest),
            "run" => Pass(rest),
            "kill" => Kill(rest),
            _ => Command(words, cut, out interruptedAt),
        };
        if (isDone) _history.Add(new ShellEntry(line, _world.Now, _world.Lab.LogHash, cut with { InterruptedAt = interruptedAt }));
        return isDone;
    }

    private bool Command(List<string> words, ShellCut cut, out TimeSpan? interruptedAt)
    {
        interruptedAt = null;
        var host = _world.Host;
        if (words[0] is ['@', .. var name])
        {
            if (_world.Lab.Find(name) is not { } other) return Refuse($"there is no host '{name}'; there are {string.Join(", ", _scenario.Hosts.Select(static h => h.Name))}");
            words = words[1..];
            if (words.Count == 0)
            {
                _world.Host = other;
                return true;
            }

            host = other;
        }

        if (words is ["fathom", ..]) words = words[1..];
        var isBeside = words is [.., "&"];
        if (isBeside) words = words[..^1];
        if (words.Count == 0) return Refuse("expected a command");
        if (!LabInvocation.TryParse(_scenario, words, out var parsed, out var reason)) return Refuse(reason + "; 'help' lists what the shell itself understands");
        LabInvocation.Choose(_world.World, host);
        if (isBeside)
        {
            var job = ShellRunner.Begin(_world, host, parsed, string.Join(' ', words));
            return Say($"[{job.Number}] {job.Line}");
        }

        if (cut.HeldAt is { } until)
        {
            ShellRunner.Begin(_world, host, parsed, string.Join(' ', words));
            _world.Lab.Run(until - _world.Now);
            return true;
        }

        _runner.Run(_world, host, parsed, cut.InterruptedAt is { } at ? at + _world.Begin : null, out interruptedAt);
        interruptedAt -= _world.Begin;
        return true;
    }

    private bool Break(List<string> words) => _world.Broken.TryBreak(_world.Host, words, out var reason) || Refuse(reason);

    private bool Mend(List<string> words) => _world.Broken.TryMend(words, out _, out var reason) || Refuse(reason);

    private bool Step(List<string> words)
    {
        if (!TryCount(words, 1, out var count)) return Refuse("expected 'step' or 'step N'");
        using var lines = _watch is null ? Lines() : null;
        for (var i = 0; i < count && _world.Lab.Step(); i++)
        {
        }

        return Say($"{LabTimeText.Of(_world.Now)}");
    }

    private bool Pass(List<string> words)
    {
        if (words.Count != 1 || !LabTimeText.TryParse(words[0], out var time)) return Refuse("expected 'run TIME', as in 'run 2s' or 'run 50ms'");
        using var lines = _watch is null ? Lines() : null;
        _world.Lab.Run(time);
        return Say($"{LabTimeText.Of(_world.Now)}");
    }

    private bool Kill(List<string> words)
    {
        if (!TryCount(words, 0, out var number) || _world.Jobs.Find(j => j.Number == number) is not { } job) return Refuse("expected 'kill N' with the number of a job; 'jobs' lists them");
        _world.Lab.Start(() =>
        {
            job.Stop.Cancel();
            return Task.CompletedTask;
        });
        return true;
    }

    private bool Next(List<string> words)
    {
        if (!TryCount(words, 5, out var count)) return Refuse("expected 'next' or 'next N'");
        return Say(string.Join('\n', _world.Lab.NextEvents(count).Select(e => $"{LabTimeText.Of(e.At - _world.Begin),16}  {e.What}")));
    }

    private bool Watch(List<string> words)
    {
        if (words is not [("on" or "off") and var how]) return Refuse("expected 'watch on' or 'watch off'");
        _watch?.Dispose();
        _watch = how == "on" ? Lines() : null;
        return true;
    }

    private bool Capture(List<string> words)
    {
        if (words.Count != 1) return Refuse("expected 'capture FILE' or 'capture off'");
        if (_capture is not null) Say($"{_capture.Frames:N0} frames saved");
        _capture?.Dispose();
        _capture = null;
        if (words[0] == "off") return true;
        try
        {
            _capture = LabCapture.Start(_world.Lab, new FileStream(words[0], FileMode.Create, FileAccess.Write, FileShare.Read));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Refuse($"capture {words[0]}: {e.Message}");
        }
    }

    private bool Rewind(List<string> words)
    {
        if (words.Count == 1 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return count <= _history.Count ? Replay(_history.Count - count, null) : Refuse($"rewind {count}: there were {_history.Count} commands only");
        }

        if (words.Count != 1 || !LabTimeText.TryParse(words[0], out var time)) return Refuse("expected 'rewind N' for commands or 'rewind TIME', as in 'rewind 2' or 'rewind 1.5s'");
        if (time > _world.Now) return Refuse($"rewind {words[0]}: it is {LabTimeText.Of(_world.Now)} only");

        return Replay(_history.TakeWhile(e => e.EndedAt <= time).Count(), time);
    }

    private bool Replay(int keep, TimeSpan? until)
    {
        var done = _history.Take(keep).ToList();
        var cut = until is not null && keep < _history.Count ? _history[keep].Line : null;
        if (_capture is not null) Capture(["off"]);
        var isWatching = _watch is not null;
        _watch?.Dispose();
        _watch = null;
        _world.Dispose();
        _world = new ShellWorld(_scenario, _seed, _from);
        _history.Clear();
        using (StandardOutput.Mute(withErrors: true))
        {
            _isReplay = true;
            foreach (var entry in done)
            {
                Record(entry.Line, LineWords.Split(entry.Line), entry.Cut);
                if (_world.Lab.LogHash != entry.Hash) throw new InvalidOperationException($"The replay of '{entry.Line}' was another than the first time.");
            }

            if (until is not { } time || time <= _world.Now) cut = null;
            else if (cut is not null) Reach(time, cut);
            _isReplay = false;
        }

        if (isWatching) _watch = Lines();
        var inside = cut is null ? string.Empty : $"; inside of '{cut}'{(_history[^1].Cut.HeldAt is null ? string.Empty : $", which goes on as time passes (job {_world.Jobs.Count})")}";
        return Say($"{LabTimeText.Of(_world.Now)}, after {Amount.Count(done.Count, "command", "commands")}, the same packets as the first time{inside}");
    }

    // Goes on to a time inside of a command: that has begun and runs on beside what follows. Of a command that only lets time pass, less time passes.
    private void Reach(TimeSpan time, string line)
    {
        var words = LineWords.Split(line);
        if (words[0] is not ("run" or "step"))
        {
            Record(line, words, new ShellCut(null, time));
            return;
        }

        var rest = (time - _world.Now).TotalMicroseconds.ToString(CultureInfo.InvariantCulture) + "us";
        Record("run " + rest, ["run", rest], ShellCut.None);
    }

    private EventLines? Lines() => _isReplay ? null : new EventLines(_world.Lab, _world.Begin, _width, l => _run.Output.WriteLine(l));

    private bool Say(string text)
    {
        if (_isReplay || text.Length == 0) return true;
        foreach (var line in text.Split('\n')) _run.Output.WriteLine(TextSanitizer.Escape(line));
        _run.Output.Flush();
        return true;
    }

    private bool Refuse(string reason)
    {
        _run.Complain(reason, ExitStatus.Usage);
        return false;
    }

    private static bool TryCount(List<string> words, int usual, out int count)
    {
        count = usual;
        return words.Count == 0 || (words.Count == 1 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= 1_000_000);
    }
}
