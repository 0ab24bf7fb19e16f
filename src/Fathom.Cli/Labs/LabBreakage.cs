using Fathom.Lab;
using Fathom.Lab.Faults;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>What was broken in a lab, with the words that broke it, by which it is mended again.</summary>
/// <param name="world">The lab.</param>
internal sealed class LabBreakage(LabWorld world)
{
    private readonly List<(string Word, ActiveFault Fault)> _broken = [];

    /// <summary>The words, in the order in which they were said.</summary>
    public IEnumerable<string> Words => _broken.Select(static b => b.Word);

    /// <summary>What is broken, a line each.</summary>
    public string Text => _broken.Count == 0 ? "nothing is broken" : string.Join('\n', _broken.Select(static b => $"{b.Word}: {b.Fault.Fault.Description}"));

    /// <summary>Puts the faults of a command line in, in their order.</summary>
    /// <param name="client">The host where commands run.</param>
    /// <param name="words">"CAUSE" or "CAUSE@PLACE".</param>
    /// <param name="reason">Why one cannot be put.</param>
    public bool TryBreakAll(LabHost client, IEnumerable<string> words, out string reason)
    {
        reason = string.Empty;

        // Where each belongs is seen on the way as it was: behind the first fault there may be none.
        foreach (var (word, whole) in words.Select(w => (w, LabFaults.WithPlace(world, client, w))).ToList())
        {
            if (TryPut(client, word, whole, out reason)) continue;
            reason = $"--fault {word}: {reason}";
            return false;
        }

        return true;
    }

    /// <summary>Does what <c>break …</c> says.</summary>
    /// <param name="client">The host where commands run.</param>
    /// <param name="words">The words behind it.</param>
    /// <param name="reason">Why not.</param>
    public bool TryBreak(LabHost client, IReadOnlyList<string> words, out string reason)
    {
        if (words.Count != 1)
        {
            reason = "expected 'break CAUSE' or 'break CAUSE@PLACE', as in 'break tcp.refused@www:443'";
            return false;
        }

        if (TryPut(client, words[0], words[0], out reason)) return true;
        reason = $"break {words[0]}: {reason}";
        return false;
    }

    /// <summary>Does what <c>mend …</c> says: what the words name, by cause or as it was broken; all without words. What was broken last is mended first.</summary>
    /// <param name="words">The words behind it.</param>
    /// <param name="mended">What is mended now.</param>
    /// <param name="reason">Why not.</param>
    public bool TryMend(IReadOnlyList<string> words, out IReadOnlyList<string> mended, out string reason)
    {
        reason = string.Empty;
        var chosen = _broken.Where(b => words.Count == 0 || words.Contains(b.Word) || words.Contains(b.Fault.Fault.Cause)).Reverse().ToList();
        mended = [.. chosen.Select(static c => c.Word)];
        if (chosen.Count == 0)
        {
            reason = words.Count == 0 ? "nothing is broken" : $"mend {string.Join(' ', words)}: that is not broken; 'faults' lists what is";
            return false;
        }

        foreach (var one in chosen)
        {
            one.Fault.Mend();
            _broken.Remove(one);
        }

        return true;
    }

    private bool TryPut(LabHost client, string word, string whole, out string reason)
    {
        if (!LabFaults.TryPut(world, client, whole, out var fault, out reason)) return false;
        _broken.Add((word, fault));
        return true;
    }
}
