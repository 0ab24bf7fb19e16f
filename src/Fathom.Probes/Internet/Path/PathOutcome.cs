using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Path;

/// <summary>What hop-limited probes showed of the path to a destination.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Method">What was sent: "ICMP echo", "UDP", "TCP SYN to port 443".</param>
/// <param name="Hops">By hop limit, from 1, without gaps; the last is the destination if it answered.</param>
public sealed record PathOutcome(IpAddress Destination, string Method, IReadOnlyList<PathHop> Hops)
{
    /// <summary>The destination answered one of the probes.</summary>
    public bool Reached => Hops.Any(static h => h.IsDestination);

    /// <summary>The last hop that answered, or null if none did.</summary>
    public PathHop? LastAnswer => Hops.LastOrDefault(static h => h.Address is not null);

    /// <summary>The first answer that ended the path with something other than an exceeded hop limit, or null.</summary>
    public PathHop? Refusal => Hops.FirstOrDefault(static h => !h.IsDestination && h.Error is not null
        && h.Meaning is IcmpMeaning.Unreachable or IcmpMeaning.Prohibited or IcmpMeaning.PortUnreachable or IcmpMeaning.ProtocolUnreachable);

    /// <summary>No probe could be sent: the host refused a socket for every one of them.</summary>
    public bool NotSent => Hops.Count > 0 && Hops.All(static h => h.WasNotSent);

    /// <summary>
    /// The routers that repeat, in order, or empty: an address that answers for several hop limits with another
    /// router between them. Two neighboring hop limits with one address are no loop (a router that does not
    /// decrement).
    /// </summary>
    /// <param name="turns">How often an address must answer, at least 2.</param>
    public IReadOnlyList<IpAddress> FindLoop(int turns)
    {
        for (var i = 0; i < Hops.Count; i++)
        {
            if (Hops[i] is not { Address: { } address, Meaning: IcmpMeaning.HopLimitExceeded }) continue;
            var seen = 1;
            var last = i;
            for (var j = i + 2; j < Hops.Count; j++)
            {
                if (Hops[j].Address != address || Hops[j].Meaning != IcmpMeaning.HopLimitExceeded || j < last + 2) continue;
                var between = Hops.Skip(last).Take(j - last).Select(static h => h.Address).OfType<IpAddress>().Distinct().ToArray();
                if (between.Length < 2) continue;
                last = j;
                if (++seen >= turns) return between;
            }
        }

        return [];
    }
}
