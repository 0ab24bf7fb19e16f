using System.Globalization;
using Fathom.Lab;
using Fathom.Lab.Time;

namespace Fathom.Cli.Labs.Live;

/// <summary>What a lab that runs in step with real time can be told meanwhile: those words of the shell that make sense while time passes. On the lab's thread.</summary>
/// <param name="lab">The lab.</param>
/// <param name="client">The host from which a fault without a place is looked for.</param>
/// <param name="broken">What is broken.</param>
internal sealed class LiveWords(Fathom.Lab.Lab lab, LabHost client, LabBreakage broken)
{
    /// <summary>Takes the last answer away, where it is on a screen that is drawn again and again.</summary>
    public const string Clear = "clear";

    // Slower, a packet that takes milliseconds takes a minute; faster, nothing is seen.
    public const double LeastSpeed = 0.0001;
    public const double MostSpeed = 1_000_000;

    private const int MostSteps = 1_000_000;

    /// <summary>Ends the lab.</summary>
    public required Action Quit { get; init; }

    /// <summary>Shows packets and events from now on, or no more; null: they are shown anyhow.</summary>
    public Action<bool>? Events { get; init; }

    /// <summary>What holds the lab to real time, where its time may be held and stretched; null: it may not.</summary>
    public LabPacer? Pacer { get; init; }

    /// <summary>Called after something was broken or mended; null: nobody wants to know.</summary>
    public Action? Changed { get; init; }

    /// <summary>Some words of the line were refused.</summary>
    public bool HasRefused { get; private set; }

    /// <summary>Does what a line says.</summary>
    /// <param name="line">The line.</param>
    /// <param name="answer">What there is to say of it, lines of plain text; empty: nothing.</param>
    /// <returns>False where it was refused: the answer says why.</returns>
    public bool TryDo(string line, out string answer)
    {
        answer = string.Empty;
        var words = LineWords.Split(line);
        if (words.Count == 0 || words[0] is ['#', ..]) return true;
        var isDone = TryDo(words[0], words[1..], out answer);
        HasRefused |= !isDone;
        return isDone;
    }

    private bool TryDo(string word, List<string> rest, out string answer)
    {
        switch (word)
        {
            case "break":
                if (!broken.TryBreak(client, rest, out answer)) return false;
                answer = $"broken: {rest[0]}";
                Changed?.Invoke();
                return true;
            case "mend":
                if (!broken.TryMend(rest, out var mended, out answer)) return false;
                answer = $"mended: {string.Join(' ', mended)}";
                Changed?.Invoke();
                return true;
            case "faults":
                return Say(broken.Text, out answer);
            case "hosts":
                return Say(HostLines.Of(lab), out answer);
            case "events" when Events is not null:
                if (rest is not [("on" or "off") and var how]) return Say("expected 'events on' or 'events off'", out answer, isDone: false);
                Events(how == "on");
                return Say($"events {how}", out answer);
            case "help":
                return Say(Help, out answer);
            case Clear:
                return Say(string.Empty, out answer);
            case "quit" or "exit":
                Quit();
                return Say(string.Empty, out answer);
            default:
                return Pacer is { } pacer ? TryPace(pacer, word, rest, out answer) : Say($"unknown word '{word}'; 'help' lists them", out answer, isDone: false);
        }
    }

    private static bool TryPace(LabPacer pacer, string word, List<string> rest, out string answer)
    {
        answer = string.Empty;
        switch (word)
        {
            case "pause" when !pacer.IsPaused:
                pacer.Pause();
                return true;
            case "pause" or "go":
                pacer.Continue();
                return true;
            case "step":
                var count = 1;
                if (rest.Count > 1 || (rest.Count == 1 && !(int.TryParse(rest[0], NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= MostSteps)))
                {
                    return Say("expected 'step' or 'step N'", out answer, isDone: false);
                }

                pacer.Step(count);
                return true;
            case "faster":
                pacer.Speed = Math.Min(MostSpeed, pacer.Speed * 2);
                return true;
            case "slower":
                pacer.Speed = Math.Max(LeastSpeed, pacer.Speed / 2);
                return true;
            case "speed":
                if (rest.Count != 1 || !double.TryParse(rest[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) || speed is not (>= LeastSpeed and <= MostSpeed))
                {
                    return Say("expected 'speed N' with a number from 0.0001 to 1000000: seconds of the lab in a real second", out answer, isDone: false);
                }

                pacer.Speed = speed;
                return true;
            default:
                return Say($"unknown word '{word}'; 'help' lists them", out answer, isDone: false);
        }
    }

    private string Help
    {
        get
        {
            var text = """
                break CAUSE[@PLACE]   put a fault in; 'fathom lab faults' lists them
                mend [CAUSE[@PLACE]]  take it off; all of them
                faults                what is broken now
                hosts                 who is there, with addresses
                """;
            if (Events is not null) text += "\nevents on | off       show packets and what happens";
            if (Pacer is not null)
            {
                text += """

                    pause, go             let the lab's time stand still, and run again
                    step [N]              let the next N events happen
                    speed N               seconds of the lab in a real second; faster, slower
                    """;
            }

            return text + "\nquit                  end the lab, as Ctrl-C does";
        }
    }

    private static bool Say(string text, out string answer, bool isDone = true)
    {
        answer = text;
        return isDone;
    }
}
