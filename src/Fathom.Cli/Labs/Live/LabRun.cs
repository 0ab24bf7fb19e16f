using System.CommandLine;
using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Lab;
using Fathom.Lab.Time;
using Fathom.Wire.Application;
using Spectre.Console;

namespace Fathom.Cli.Labs.Live;

/// <summary>Runs <c>fathom lab run</c>.</summary>
/// <param name="run">Where results go.</param>
/// <param name="opening">The lab.</param>
/// <param name="inner">The command that runs in it.</param>
/// <param name="line">The command's words as they were given; empty: none was.</param>
internal sealed class LabRun(CommandRun run, LabOpening opening, ParseResult inner, IReadOnlyList<string> line)
{
    // Longer than anybody looks, and short enough to be added to a time.
    private static readonly TimeSpan Ever = TimeSpan.FromDays(36_500);

    private readonly Fathom.Lab.Lab _lab = opening.World.Lab;
    private int? _status;
    private bool _isStill;

    /// <summary>Runs it.</summary>
    /// <param name="speed">Seconds of the lab in a real second; 0: as fast as it goes.</param>
    /// <param name="limit">When to stop, in the lab's time; null: when the command ends, or never where none was given.</param>
    /// <param name="cancellation">The signal.</param>
    public int Run(double speed, TimeSpan? limit, CancellationToken cancellation)
    {
        limit ??= line.Count > 0 ? null : Timeout.InfiniteTimeSpan;
        var begin = _lab.Clock.Now;
        using var ended = new CancellationTokenSource();
        var wait = new LiveWait();
        using var waking = cancellation.Register(wait.Wake);
        if (speed > 0) _lab.Pacer = new LabPacer(TimeProvider.System, wait, speed);
        var words = new LiveWords(_lab, opening.Host, opening.Broken) { Quit = End, Pacer = _lab.Pacer };
        var takeIn = static () => { };
        _lab.BetweenEvents = () =>
        {
            if (ended.IsCancellationRequested) return;
            if (cancellation.IsCancellationRequested) End();
            else takeIn();
        };
        if (!Console.IsOutputRedirected && run.Console.Profile.Capabilities.Ansi)
        {
            using var board = new LiveHosts(opening.World, _lab.Pacer, run.Console.Profile.Width, run.Console.Profile.Height) { Broken = opening.Broken };
            run.Console.Live(board.Draw()).Start(live =>
            {
                var screen = new LiveScreen(live, board, words, Lines(wait.Wake));
                takeIn = screen.TakeIn;
                Run(limit, ended.Token);
                screen.End();
            });
        }
        else
        {
            var lines = Lines(wait.Wake);
            takeIn = () => Take(words, lines);
            using var packets = new EventLines(_lab, begin, int.MaxValue, run.Output.WriteLine);
            Run(limit, ended.Token);
        }

        var outcome = line.Count > 0 && _status is { } status ? $"; {TextSanitizer.Escape(line[0])} ended with status {status}" : _isStill ? "; nothing is left that could happen" : string.Empty;
        run.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fathom: {LabTimeText.Of(_lab.Clock.Now - begin)} of {TextSanitizer.Escape(opening.World.Scenario.Title)}, {_lab.Hops:N0} frames since it was switched on{outcome}"));
        return words.HasRefused && Console.IsOutputRedirected ? ExitStatus.Usage : ExitStatus.Good;

        void End()
        {
            // Nobody wants to wait any more.
            _lab.Pacer = null;
            ended.Cancel();
        }
    }

    // A terminal is for words, and a pipe is where no command is that may want it itself.
    private ILineSource Lines(Action wake)
    {
        if (!Console.IsInputRedirected)
        {
            ILineSource begun = Console.IsOutputRedirected ? PipeLines.Begin(wake) : KeyLines.Begin(wake);
            StandardInput.IsTaken = true;
            return begun;
        }

        return line.Count == 0 ? PipeLines.Begin(wake) : new NoLines();
    }

    private void Take(LiveWords words, ILineSource lines)
    {
        while (lines.TryTake(out var said))
        {
            if (!words.TryDo(said, out var answer)) run.Complain(answer, ExitStatus.Usage);
            else if (answer.Length > 0) run.Output.WriteLine(string.Join('\n', answer.Split('\n').Select(TextSanitizer.Escape)));
        }
    }

    private void Run(TimeSpan? limit, CancellationToken ended)
    {
        using var muted = StandardOutput.Mute(withErrors: true);
        try
        {
            _lab.Run(() => BesideAsync(limit, ended), Ever);
        }
        catch (LabStillException)
        {
            // With nothing left that could happen, there is nothing left to see.
            _isStill = true;
        }
    }

    private async Task<bool> BesideAsync(TimeSpan? limit, CancellationToken ended)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var command = LabInvocation.InvokeAsync(opening.World, opening.Host, inner, stop.Token);
        try
        {
            if (limit is { } time) await Task.Delay(time, _lab.Clock, ended);
            else _status = await command;
            stop.Cancel();
            _status = await command;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        return true;
    }
}
