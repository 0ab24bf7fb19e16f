using Fathom.Lab;
using Fathom.Lab.Faults;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Labs;

/// <summary>Puts the faults that a command line names into a lab.</summary>
internal static class LabFaults
{
    /// <summary>Puts them, in their order.</summary>
    /// <param name="world">The world.</param>
    /// <param name="client">The host where the command runs.</param>
    /// <param name="words">"CAUSE" or "CAUSE@PLACE".</param>
    /// <param name="reason">Why one cannot be put.</param>
    public static bool TryPut(LabWorld world, LabHost client, IEnumerable<string> words, out string reason)
    {
        foreach (var word in words)
        {
            var at = word.IndexOf('@', StringComparison.Ordinal);
            var cause = at < 0 ? word : word[..at];
            if (FaultCatalog.Find(cause) is not { } fault)
            {
                reason = $"--fault {word}: there is no fault '{cause}'; 'fathom lab faults' lists them";
                return false;
            }

            IReadOnlyList<IpAddress> targets = world.TargetAddresses;
            FaultPlace? place;
            string? why;
            if (at < 0 ? !FaultPlace.TryGuess(fault, client, targets, out place, out why) : !FaultPlace.TryFind(world.Lab, word[(at + 1)..], out place, out why))
            {
                reason = $"--fault {word}: {why}";
                return false;
            }

            if (fault.TryPut(place! with { Targets = targets }, out _, out why)) continue;
            reason = $"--fault {word}: {why}";
            return false;
        }

        reason = string.Empty;
        return true;
    }
}
