using Fathom.Cli.Commands;
using Fathom.Cli.Labs.Live;
using Fathom.Lab;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Application;

namespace Fathom.Cli.Labs.Up;

/// <summary>Takes the words that a lab is told while it is up, and answers them. On the lab's thread.</summary>
internal sealed class LabUpConsole : IDisposable
{
    private readonly CommandRun _run;
    private readonly Fathom.Lab.Lab _lab;
    private readonly PipeLines _lines;
    private readonly LiveWords _words;
    private readonly TimeSpan _begin;
    private readonly bool _isTerminal = !Console.IsInputRedirected;
    private EventLines? _events;

    /// <summary>Begins.</summary>
    /// <param name="run">Where answers go.</param>
    /// <param name="world">The lab.</param>
    /// <param name="client">The host from which a fault without a place is looked for.</param>
    /// <param name="broken">What is broken.</param>
    /// <param name="lines">Where words come from.</param>
    public LabUpConsole(CommandRun run, LabWorld world, LabHost client, LabBreakage broken, PipeLines lines)
    {
        (_run, _lab, _lines, _begin) = (run, world.Lab, lines, world.Lab.Clock.Now);
        _words = new LiveWords(_lab, client, broken)
        {
            Quit = () => Quit!(),
            Events = run.IsText ? ShowEvents : null,
            Changed = () =>
            {
                if (!run.IsText) View!.Faults(broken.Words);
            },
        };
    }

    /// <summary>Ends the lab.</summary>
    public required Action Quit { get; init; }

    /// <summary>Says for programs what is broken.</summary>
    public required LabUpView View { get; init; }

    /// <summary>A script whose words were refused has not got what it wanted; a person has seen it, and said it again.</summary>
    public int Status => _words.HasRefused && !_isTerminal ? ExitStatus.Usage : ExitStatus.Good;

    /// <summary>Does what was said meanwhile.</summary>
    public void TakeIn()
    {
        // A terminal's end of input (Ctrl-D) is a person's good-bye; a pipe's is that nothing more is to be said.
        if (_isTerminal && _lines.HasEnded) Quit();
        while (_lines.TryTake(out var line))
        {
            var isDone = _words.TryDo(line, out var answer);
            if (!isDone) _run.Complain(answer, ExitStatus.Usage);
            else if (_run.IsText && answer.Length > 0) Say(answer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _events?.Dispose();

    private void ShowEvents(bool isWanted)
    {
        _events?.Dispose();
        var width = Console.IsOutputRedirected ? int.MaxValue : _run.Console.Profile.Width;
        _events = isWanted ? new EventLines(_lab, _begin, width, Say) : null;
    }

    private void Say(string text)
    {
        foreach (var line in text.Split('\n')) _run.Output.WriteLine(TextSanitizer.Escape(line));
        _run.Output.Flush();
    }
}
