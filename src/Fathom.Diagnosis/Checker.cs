using Fathom.Diagnosis.Targets;
using Fathom.Hosts;
using Fathom.Probes;
using Fathom.Probes.Evidence;

namespace Fathom.Diagnosis;

/// <summary>Checks targets from a host. Safe for concurrent use.</summary>
/// <param name="host">The host to check from.</param>
public sealed class Checker(INetworkHost host)
{
    /// <summary>Makes one check. What the network does is in the report; a cancellation ends the check with what is known by then.</summary>
    /// <param name="target">What to check.</param>
    /// <param name="options">How.</param>
    /// <param name="evidence">The log that the check writes to, for itself alone.</param>
    /// <param name="packets">The recorder, over that log.</param>
    /// <param name="observer">Who is told of the progress, or null.</param>
    /// <param name="cancellation">Ends the check early.</param>
    public Task<CheckReport> CheckAsync(
        CheckTarget target, CheckOptions options, EvidenceLog evidence, PacketRecorder packets, ICheckObserver? observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        return new CheckWalk(new ProbeContext(host, evidence, packets), target, options, observer, isFollowUp: false).RunAsync(cancellation);
    }
}
