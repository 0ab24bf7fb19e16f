using System.Diagnostics.CodeAnalysis;

namespace Fathom.Lab.Faults;

/// <summary>Something that can be broken in a lab: it is named after the cause that a diagnosis should call (the contract of <c>fathom check</c>).</summary>
public sealed class Fault
{
    private readonly Func<FaultPlace, FaultEffect> _put;

    internal Fault(string cause, FaultSide side, string places, string description, Func<FaultPlace, FaultEffect> put)
    {
        Cause = cause;
        Side = side;
        Places = places;
        Description = description;
        _put = put;
    }

    /// <summary>The cause's id: "tcp.refused".</summary>
    public string Cause { get; }

    /// <summary>Where it belongs if nobody says.</summary>
    public FaultSide Side { get; }

    /// <summary>Where it can be put, in words.</summary>
    public string Places { get; }

    /// <summary>What is broken, in words.</summary>
    public string Description { get; }

    /// <summary>Puts it.</summary>
    /// <param name="place">Where.</param>
    /// <param name="active">The fault, to be mended.</param>
    /// <param name="reason">Why it cannot be put there.</param>
    public bool TryPut(FaultPlace place, [NotNullWhen(true)] out ActiveFault? active, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(place);
        active = null;
        var effect = _put(place);
        reason = effect.Reason;
        if (effect.Mend is not { } mend)
        {
            reason ??= $"{Cause} cannot be put at {place.Text}.";
            return false;
        }

        active = new ActiveFault(this, place, mend);
        foreach (var host in place.Lab.Hosts) host.Use();
        place.Lab.Tell(place.Text, $"{Cause}: {Description}");
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Cause;
}
