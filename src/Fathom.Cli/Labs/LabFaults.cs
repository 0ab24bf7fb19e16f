using System.Diagnostics.CodeAnalysis;
using Fathom.Lab;
using Fathom.Lab.Faults;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Labs;

/// <summary>Puts a fault that somebody names into a lab.</summary>
internal static class LabFaults
{
    /// <summary>Says where a fault belongs, where nobody has said it.</summary>
    /// <param name="world">The world.</param>
    /// <param name="client">The host where commands run.</param>
    /// <param name="word">"CAUSE" or "CAUSE@PLACE".</param>
    /// <returns>"CAUSE@PLACE"; the word as it is where it has a place, or none can be found.</returns>
    public static string WithPlace(LabWorld world, LabHost client, string word)
        => !word.Contains('@', StringComparison.Ordinal) && FaultCatalog.Find(word) is { } fault && FaultPlace.TryGuess(fault, client, world.TargetAddresses, out var place, out _)
            ? $"{word}@{place.Text}"
            : word;

    /// <summary>Puts one.</summary>
    /// <param name="world">The world.</param>
    /// <param name="client">The host where commands run.</param>
    /// <param name="word">"CAUSE" or "CAUSE@PLACE".</param>
    /// <param name="put">The fault, to be mended; or null.</param>
    /// <param name="reason">Why it cannot be put.</param>
    public static bool TryPut(LabWorld world, LabHost client, string word, [NotNullWhen(true)] out ActiveFault? put, out string reason)
    {
        put = null;
        var at = word.IndexOf('@', StringComparison.Ordinal);
        var cause = at < 0 ? word : word[..at];
        if (FaultCatalog.Find(cause) is not { } fault)
        {
            reason = $"there is no fault '{cause}'; 'fathom lab faults' lists them";
            return false;
        }

        IReadOnlyList<IpAddress> targets = world.TargetAddresses;
        FaultPlace? place;
        string? why;
        if (at < 0 ? !FaultPlace.TryGuess(fault, client, targets, out place, out why) : !FaultPlace.TryFind(world.Lab, word[(at + 1)..], out place, out why))
        {
            reason = why ?? string.Empty;
            return false;
        }

        var isPut = fault.TryPut(place! with { Targets = targets }, out put, out why);
        reason = why ?? string.Empty;
        return isPut;
    }
}
