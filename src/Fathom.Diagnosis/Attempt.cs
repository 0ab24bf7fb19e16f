using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Transport;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis;

/// <summary>One address of the target: the way to it, and what became of connecting.</summary>
/// <param name="Subject">The address with the host's route decision.</param>
/// <param name="Outcome">The attempt; null where no packet could leave.</param>
internal sealed record Attempt(Subject Subject, ConnectOutcome? Outcome)
{
    public IpAddress Address => Subject.Address;

    public IStreamConnection? Connection => Outcome?.Connection;

    /// <summary>The host has no way to this version of IP at all, so that nobody would try.</summary>
    public bool IsOutOfReach => Outcome is null && (Subject.Route is { Kind: RouteKind.None } || Subject.IsUnaddressed);
}
