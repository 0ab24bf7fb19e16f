using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Sweep;

/// <summary>What a sweep found.</summary>
/// <param name="Prefix">The prefix.</param>
/// <param name="Method">How the requests were sent.</param>
/// <param name="Asked">How many addresses were asked at least once.</param>
/// <param name="Alive">Those that answered, in the order of the prefix.</param>
/// <param name="Sent">Requests that the host took.</param>
/// <param name="Refused">Requests that the host would not send (no route, no buffers).</param>
/// <param name="Unreachable">Addresses about which a router, or this host's own stack, said that they cannot be reached, and that never answered.</param>
/// <param name="Duration">From the first request to the end.</param>
/// <param name="WasInterrupted">A cancellation ended it before all were asked and waited for.</param>
public sealed record SweepReport(
    IpPrefix Prefix, EchoMethod Method, int Asked, IReadOnlyList<SweepAnswer> Alive, long Sent, long Refused, int Unreachable, TimeSpan Duration, bool WasInterrupted)
{
    /// <summary>The first error that came, as an example; or null.</summary>
    public NetworkError? FirstError { get; init; }
}
