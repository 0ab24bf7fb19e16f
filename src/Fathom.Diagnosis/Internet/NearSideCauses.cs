using Fathom.Diagnosis.Link;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Probes.Evidence;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Internet;

/// <summary>
/// The causes on this side of the first link: no interface, link down, no address, self-assigned, no route, a route that
/// forbids. They follow from the kernel's own tables; nothing is sent.
/// </summary>
internal static class NearSideCauses
{
    /// <summary>Judges the way to the subject.</summary>
    /// <returns>At most one finding: the lowest cause that explains why no packet can leave.</returns>
    public static Finding? Judge(InterfaceObservation interfaces, Subject subject, EvidenceLog evidence)
    {
        if (subject.Route is not { } route) return null;

        // What a host sends to itself passes its loopback interface, whichever of its addresses it is for; Linux keeps the route when that goes down.
        if (route.Kind == RouteKind.Local)
            return interfaces.Interfaces?.FirstOrDefault(static i => i.Kind == InterfaceKind.Loopback) is { IsUp: false } own ? Down([own], subject, evidence, subject.Evidence) : null;
        var version = subject.Address.Version;
        var family = version == IpVersion.V4 ? "IPv4" : "IPv6";
        if (route.Kind is RouteKind.Blackhole or RouteKind.Prohibit or RouteKind.Unreachable)
        {
            return new Finding(Causes.RouteProhibited, Severity.Fail, Stage.Route,
                $"A local {Words(route.Kind)} route forbids packets to {subject.Words}{(route.Prefix is { } p ? $" ({p})" : string.Empty)}.", subject.Evidence)
            {
                Fix = route.Prefix is { } forbidden
                    ? $"Remove the route: ip route del {Words(route.Kind)} {forbidden} (in another table: ip rule, ip route show table all)"
                    : $"Find and remove the rule or route: ip rule; ip route show table all type {Words(route.Kind)}",
            };
        }

        if (interfaces.Interfaces is null) return route.Kind == RouteKind.None ? NoRoute(subject, family, interfaces) : null;
        if (route.Kind == RouteKind.None) return WithoutRoute(interfaces, subject, family, version, evidence);
        if (interfaces.Find(route.InterfaceIndex) is { } used && used.Kind != InterfaceKind.Loopback && !used.IsUsable)
            return Down([used], subject, evidence, [.. subject.Evidence]);
        if (subject.IsUnaddressed || (route.Source is null && !interfaces.HasGlobal(version) && !subject.Address.IsLinkLocal && !subject.Address.IsMulticast))
            return Unaddressed(interfaces, subject, family, version, evidence);

        // What assigns itself an address also takes the whole world for its link (a default route without a gateway, RFC 3927 §2.6.2).
        return route is { Source: { IsV4: true, IsLinkLocal: true }, Gateway: null } && !interfaces.HasGlobal(version) && subject.Address is { IsLinkLocal: false, IsMulticast: false }
            ? Unaddressed(interfaces, subject, family, version, evidence)
            : null;
    }

    private static Finding WithoutRoute(InterfaceObservation interfaces, Subject subject, string family, IpVersion version, EvidenceLog evidence)
    {
        if (subject.Address.IsLoopback && interfaces.Interfaces?.FirstOrDefault(static i => i.Kind == InterfaceKind.Loopback) is { IsUp: false } loopback)
            return Down([loopback], subject, evidence, subject.Evidence);
        var outside = interfaces.Outside.ToArray();
        if (outside.Length == 0)
        {
            return new Finding(Causes.LinkNoInterface, Severity.Fail, Stage.Interface, "This machine has no network interface but loopback.",
                [evidence.AddKernel("links: only loopback")])
            {
                Fix = "Attach a network interface (a virtual machine or container may have been started without one).",
            };
        }

        var usable = outside.Where(static i => i.IsUsable).ToArray();
        var downWithAddress = outside.Where(i => !i.IsUsable && i.Addresses.Any(a => a.Address.Version == version && !a.Address.IsLinkLocal)).ToArray();
        if (usable.Length == 0) return Down(Suspects(outside, downWithAddress), subject, evidence, subject.Evidence);
        if (!interfaces.HasGlobal(version))
        {
            return downWithAddress.Length > 0
                ? Down(downWithAddress, subject, evidence, subject.Evidence)
                : Unaddressed(interfaces, subject, family, version, evidence);
        }

        var finding = NoRoute(subject, family, interfaces);
        return downWithAddress.Length == 0 ? finding : finding with
        {
            Confidence = Confidence.Likely,
            Alternatives = [new Alternative(Causes.LinkDown, $"Set {downWithAddress[0].Name} up and check again: its routes went with it.")],
        };
    }

    // An interface that has an address, or that could carry one, is what "should have" the route; idle virtual ones come last.
    private static HostInterface[] Suspects(HostInterface[] outside, HostInterface[] withAddress)
        => withAddress.Length > 0 ? withAddress : [.. outside.OrderBy(static i => i.HardwareAddress is null).Take(1)];

    private static Finding Down(IReadOnlyList<HostInterface> down, Subject subject, EvidenceLog evidence, IReadOnlyList<string> also)
    {
        var one = down[0];
        var state = one.IsUp ? "has no carrier" : "is down";
        var ids = new List<string> { evidence.AddKernel($"link {one.Name}: {(one.IsUp ? "UP, NO-CARRIER" : "DOWN")}") };
        ids.AddRange(also);
        return new Finding(Causes.LinkDown, Severity.Fail, Stage.Interface, $"The interface {one.Name} {state}; nothing can leave for {subject.Words}.", ids)
        {
            Fix = one.IsUp ? $"Plug in the cable of {one.Name}, or join its network." : $"Set it up: ip link set {one.Name} up",
        };
    }

    private static Finding Unaddressed(InterfaceObservation interfaces, Subject subject, string family, IpVersion version, EvidenceLog evidence)
    {
        var usable = interfaces.Outside.Where(static i => i.IsUsable).ToArray();
        var names = string.Join(", ", usable.Select(static i => i.Name));
        var self = usable.SelectMany(static i => i.Addresses).FirstOrDefault(static a => a.Address.IsV4 && a.Address.IsLinkLocal);

        // Every IPv6 interface has a link-local address; only for IPv4 is one the sign that DHCP did not answer (RFC 3927 §1.2). Where no version has a better one, that is what is wrong,
        // whichever the subject needs.
        if (self is not null && (version == IpVersion.V4 || !interfaces.HasGlobal(IpVersion.V4)))
        {
            return new Finding(Causes.AddressSelfAssigned, Severity.Fail, Stage.Address,
                $"{names} has only the self-assigned address {self.Address}: no DHCP server answered.",
                [evidence.AddKernel($"address {self.Address}/{self.PrefixLength} on {names}, no other"), .. subject.Evidence])
            {
                Fix = "Check the DHCP server and the cable or Wi-Fi network, then renew the lease.",
            };
        }

        var duplicate = usable.SelectMany(static i => i.Addresses).FirstOrDefault(a => a.Address.Version == version && a.State == InterfaceAddressState.Duplicate);
        var linkLocal = usable.SelectMany(static i => i.Addresses).Any(a => a.Address.Version == version && a.Address.IsLinkLocal) ? " but a link-local one" : string.Empty;
        var what = duplicate is null ? $"{names} is up and has no {family} address{linkLocal}" : $"{names} may not use its {family} address {duplicate.Address}: another node has it (duplicate address detection)";
        return new Finding(duplicate is null ? Causes.AddressMissing : Causes.NeighborDuplicateAddress, Severity.Fail, duplicate is null ? Stage.Address : Stage.Neighbor,
            $"{what}, which {subject.Words} {(subject.Role == SubjectRole.AnyFarHost ? "need" : "needs")}.", [evidence.AddKernel($"addresses of {names}: no usable {family} address"), .. subject.Evidence])
        {
            Fix = version == IpVersion.V4 ? "Run the DHCP client, or set an address: ip address add ADDRESS/LENGTH dev " + names : "Check router advertisements, or set an address by hand.",
        };
    }

    private static Finding NoRoute(Subject subject, string family, InterfaceObservation interfaces)
    {

        return new Finding(Causes.RouteMissing, Severity.Fail, Stage.Route, $"This machine has no {family} route to {subject.Words}: none matches, not even a default route.", subject.Evidence)
        {
            Fix = $"Add a default route: ip {(family == "IPv6" ? "-6 " : string.Empty)}route add default via GATEWAY dev {interfaces.Outside.FirstOrDefault(static i => i.IsUsable)?.Name ?? "INTERFACE"}",
        };
    }

    private static string Words(RouteKind kind) => kind switch
    {
        RouteKind.Blackhole => "blackhole",
        RouteKind.Prohibit => "prohibit",
        _ => "unreachable",
    };
}
