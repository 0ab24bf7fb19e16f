using Fathom.Diagnosis.Internet;
using Fathom.Hosts.Link;
using Fathom.Probes.Link;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Link;

/// <summary>
/// The next hop does not answer on its link. If it is the gateway, that is the cause; if it is the target itself, the target is
/// absent, or the prefix is too short and makes a far host look near.
/// </summary>
internal static class NeighborCauses
{
    // Links with more than 4,094 hosts are rare; a mask that reaches further than that is more often a typing error.
    private const int ShortestPlausibleV4 = 20;

    // RFC 4291 §2.5.1: interface identifiers have 64 bits, so a shorter prefix on a link is no plan but a mistake.
    private const int ShortestPlausibleV6 = 64;

    // What a home or office router hands out: hosts of one /24 are neighbors whatever the mask says.
    private const int UsualV4 = 24;

    /// <summary>Judges an unanswered next hop.</summary>
    /// <param name="subject">The address that is to be reached.</param>
    /// <param name="outcome">The next hop's outcome.</param>
    /// <param name="interfaces">The host's interfaces.</param>
    /// <param name="neighbors">The neighbor cache, for what it says of the link; may be empty.</param>
    /// <param name="gateway">A gateway of this link that answers, or null.</param>
    /// <param name="throughGateway">The target answered a frame that was sent through the gateway; null where that could not be tried.</param>
    /// <param name="evidence">Ids of that experiment's evidence.</param>
    public static Finding? Judge(
        Subject subject, NeighborOutcome outcome, InterfaceObservation interfaces, IReadOnlyList<HostNeighbor> neighbors, IpAddress? gateway,
        bool? throughGateway, IReadOnlyList<string> evidence)
    {
        if (outcome is not NeighborOutcome.Unanswered || subject.Route is not { } route) return null;
        var protocol = outcome.Address.IsV6 ? "neighbor solicitation" : "ARP";
        IReadOnlyList<string> all = [.. outcome.Evidence, .. subject.Evidence, .. evidence];
        var link = interfaces.Find(route.InterfaceIndex);
        if (route.Gateway is not null) return OfGateway(subject, outcome.Address, protocol, link, all);

        var prefix = route.Prefix ?? link?.Addresses.FirstOrDefault(a => a.Prefix.Contains(subject.Address))?.Prefix;
        if (throughGateway == true)
        {
            return new Finding(Causes.AddressWrongPrefix, Severity.Fail, Stage.Address,
                $"{subject.Address} answers through the gateway {gateway}, and this machine takes it for a neighbor: the prefix {prefix} is too short.", all)
            {
                Fix = Fix(link, subject.Address.Version),
            };
        }

        // A resolver that is absent from this link is a dead resolver: the name is what the user asked for, not this host.
        var proven = throughGateway == false || gateway is null || prefix is not { } wide || IsSurelyNear(wide, subject, link);
        var absent = subject.Role == SubjectRole.Resolver ? null : new Finding(Causes.NeighborHostAbsent, Severity.Fail, Stage.Neighbor,
            $"{subject.Address} is on this link ({prefix}) and does not answer {protocol}: the host is off, or has another address.", all)
        {
            Confidence = proven ? Confidence.Certain : Confidence.Likely,
            Fix = "Check that the host is on, connected to this network, and has this address.",
            Alternatives = proven ? [] : [new Alternative(Causes.AddressWrongPrefix, "Check as root: a frame through the gateway tells whether the host is behind it.")],
        };
        if (throughGateway == false || gateway is null || prefix is not { } p || !LooksTooShort(p, subject, link, neighbors, gateway.Value)) return absent;
        return new Finding(Causes.AddressWrongPrefix, Severity.Fail, Stage.Address,
            $"{subject.Address} does not answer {protocol}, and is a neighbor only by the prefix {p}, which is shorter than such links have.", all)
        {
            Confidence = Confidence.Likely,
            Fix = Fix(link, subject.Address.Version),
            Alternatives = [new Alternative(Causes.NeighborHostAbsent, "Compare the prefix length with another machine of this network, or check as root: a frame through the gateway tells.")],
        };
    }

    /// <summary>A next hop that is there, and is not where an entry made by hand sends its packets.</summary>
    /// <param name="outcome">The outcome.</param>
    public static Finding? Misdirected(NeighborOutcome.Unanswered outcome) => outcome is not { Entered: { } entered, AnsweredFrom: { } real } ? null
        : new Finding(Causes.NeighborUnanswered, Severity.Fail, Stage.Neighbor,
            $"Packets for {outcome.Address.WithZone(0)} go to {entered}, an entry made by hand, and nobody there answers: {outcome.Address.WithZone(0)} is at {real}.", outcome.Evidence)
        {
            Fix = $"Delete the entry: ip neigh del {outcome.Address.WithZone(0)} dev INTERFACE",
        };

    /// <summary>A next hop that left the host's own questions without an answer, and answered a later one.</summary>
    /// <param name="nextHop">The next hop.</param>
    /// <param name="evidence">Ids of the answer.</param>
    public static Finding Loss(IpAddress nextHop, IReadOnlyList<string> evidence) => new(Causes.PathLoss, Severity.Fail, Stage.Neighbor,
        $"{nextHop} did not answer this machine's {(nextHop.IsV6 ? "neighbor solicitations" : "ARP requests")}, and answered a later one: this link loses frames.", evidence)
    {
        Confidence = Confidence.Likely,
        Fix = "Look for a bad cable, a duplex mismatch or weak Wi-Fi on this link.",
        Alternatives = [new Alternative(Causes.NeighborUnanswered, "Check again: a host that has just woken up answers from then on.")],
    };

    private static Finding OfGateway(Subject subject, IpAddress gateway, string protocol, HostInterface? link, IReadOnlyList<string> evidence)
    {
        var onLink = link is null || link.Addresses.Any(a => a.Address.Version == gateway.Version && a.Prefix.Contains(gateway)) || gateway.IsLinkLocal;
        if (!onLink)
        {
            // The route was forced ("onlink"): no address of the interface shares a prefix with the gateway.
            return new Finding(Causes.AddressWrongPrefix, Severity.Fail, Stage.Address,
                $"The gateway {gateway} is outside every prefix of {link!.Name}, and does not answer {protocol}.", evidence)
            {
                Confidence = Confidence.Likely,
                Fix = $"Correct the address or prefix length of {link.Name}, or the gateway.",
                Alternatives = [new Alternative(Causes.NeighborUnanswered, $"Check that {gateway} is on and on this link.")],
            };
        }

        return new Finding(Causes.NeighborUnanswered, Severity.Fail, Stage.Neighbor,
            $"The gateway {gateway} does not answer {protocol}: nothing can leave this link for {subject.Words}.", evidence)
        {
            Fix = "Check that the router is on and on this network, and that the gateway address is right.",
        };
    }

    // In the /24 (or /64) of this machine's own address a host is near, whatever the mask says beyond it.
    private static bool IsSurelyNear(IpPrefix prefix, Subject subject, HostInterface? link)
    {
        var usual = prefix.Address.IsV6 ? ShortestPlausibleV6 : UsualV4;
        if (prefix.Length >= usual) return true;
        var mine = link?.Addresses.FirstOrDefault(a => a.Address.Version == subject.Address.Version && a.Prefix.Contains(subject.Address))?.Address;
        return mine is { } address && new IpPrefix(address, usual).Contains(subject.Address);
    }

    private static bool LooksTooShort(IpPrefix prefix, Subject subject, HostInterface? link, IReadOnlyList<HostNeighbor> neighbors, IpAddress gateway)
    {
        if (prefix.Address.IsV6) return prefix.Length < ShortestPlausibleV6;
        var mine = link?.Addresses.FirstOrDefault(a => a.Address.IsV4 && a.Prefix.Contains(subject.Address))?.Address;
        if (mine is null || prefix.Length >= UsualV4) return false;
        var near = new IpPrefix(mine.Value, UsualV4);
        if (near.Contains(subject.Address)) return false;

        // A neighbor beyond the /24 that does answer shows that the link really is that wide.
        var isWide = neighbors.Any(n => n.InterfaceIndex == link!.Index && n.Address.IsV4 && n.HardwareAddress is not null && prefix.Contains(n.Address) && !near.Contains(n.Address));
        return !isWide && near.Contains(gateway) && prefix.Length < ShortestPlausibleV4;
    }

    private static string Fix(HostInterface? link, IpVersion version)
        => $"Correct the prefix length of {link?.Name ?? "the interface"} ({(version == IpVersion.V4 ? "often /24" : "/64")}): it must cover this link and no more.";
}
