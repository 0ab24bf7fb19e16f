using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Path;

namespace Fathom.Diagnosis.Internet;

/// <summary>What the path stage shows.</summary>
internal static class PathReporting
{
    public static IReadOnlyList<Fact> Facts(PathOutcome? walk)
    {
        if (walk is null) return [];
        return
        [
            new Fact("method", walk.Method),
            new Fact("hops", walk.Hops.Select(Hop).ToArray()),
        ];
    }

    private static IReadOnlyList<Fact> Hop(PathHop hop)
    {
        var facts = new List<Fact> { new("hopLimit", (int)hop.HopLimit) };
        if (hop.Address is { } address) facts.Add(new Fact("address", address.ToString()));
        if (hop.RoundTrip is { } time) facts.Add(new Fact("roundTripMilliseconds", time));
        if (hop is { Error: { } error, Meaning: not IcmpMeaning.HopLimitExceeded }) facts.Add(new Fact("said", error.Describe()));
        return facts;
    }
}
