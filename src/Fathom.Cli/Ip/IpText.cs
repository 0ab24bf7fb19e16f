using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Cli.Ip;

/// <summary>What is known of an address, as rows for people.</summary>
internal static class IpText
{
    public static IEnumerable<(string Label, string Value)> Rows(AddressInput input)
    {
        var address = input.Address;
        if (input.Notation != AddressNotation.Usual) yield return ("written", $"{input.Text}, which is {NotationText(input.Notation)}");
        yield return ("address", address + (input.ZoneName is null ? string.Empty : "%" + input.ZoneName));
        if (address.IsV6) yield return ("in full", address.WithZone(0).ToExpandedString());
        foreach (var row in input.Prefix is { } prefix ? PrefixRows(prefix) : []) yield return row;
        foreach (var row in BitRows(address, input.Prefix?.Length)) yield return row;
        yield return ("scope", ScopeText(input));
        yield return ("purpose", PurposeText(AddressRegistry.FindSpecialPurpose(address)));
        // Who holds the space around a block that IANA set aside says nothing of the block.
        if (AddressRegistry.FindSpecialPurpose(address) is null) yield return ("allocation", AddressRegistry.FindAllocation(address) is { } block ? AllocationText(block) : string.Empty);
        foreach (var row in address.IsMulticast ? MulticastRows(address) : []) yield return row;
        foreach (var row in address is { IsV6: true, IsMulticast: false } ? V6Rows(address) : []) yield return row;
        yield return ("number", $"{address.Value} = {address.ToHexString()}");
        foreach (var row in Broken("reverse", ReverseZones.NameOf(address))) yield return row;
        if (input.Prefix is { } p) yield return ("reverse zone", ReverseZoneText(p));
    }

    private static IEnumerable<(string Label, string Value)> PrefixRows(IpPrefix prefix)
    {
        var hosts = IpHosts.Of(prefix);
        yield return ("network", prefix.ToString());
        if (prefix.Version == IpVersion.V4) yield return ("netmask", $"{prefix.Netmask}, wildcard {prefix.Wildcard}");
        if (hosts.Rule == IpHostRule.NetworkAndBroadcast) yield return ("broadcast", prefix.Last.ToString());
        yield return ("hosts", hosts.Count.IsOne ? $"{hosts.First}, the only one" : $"{hosts.First} to {hosts.Last}: {HostCount(prefix, hosts)}");
        yield return (string.Empty, hosts.Explanation);
    }

    private static string HostCount(IpPrefix prefix, IpHosts hosts) => prefix.Count == hosts.Count
        ? $"all {NumberText.Of(prefix.Count)}"
        : $"{NumberText.Of(hosts.Count)} of {(prefix.HostBits < 40 ? $"2^{prefix.HostBits} = " : string.Empty)}{NumberText.Of(prefix.Count)}";

    // The network's bits, a bar, the host's: "11000000.10101000.00000001.|00001010". IPv6 takes four lines of 32 bits.
    private static IEnumerable<(string Label, string Value)> BitRows(IpAddress address, int? length)
    {
        const int V6LineBits = 32;
        var (line, label, seen) = (new System.Text.StringBuilder(), "bits", 0);
        foreach (var c in address.ToBinaryString())
        {
            if (c == ':' && line.Length == 0) continue; // the one before was the last of its line
            line.Append(c);
            if (c is not ('0' or '1')) continue;
            seen++;
            if (seen == length && seen < address.BitLength) line.Append('|');
            if (address.IsV4 || seen % V6LineBits != 0 || seen == address.BitLength) continue;
            yield return (label, line.ToString());
            label = string.Empty;
            line.Clear();
        }

        yield return (label, line.ToString());
    }

    private static string ScopeText(AddressInput input)
    {
        var address = input.Address;
        var scope = IpScopes.Of(address);
        if (address.IsLoopback) return "this host (link-local by definition, RFC 6724)";
        var text = IpScopes.Text(scope);
        if (address.IsV6 && address.IsLinkLocal)
        {
            return input.ZoneName is null && address.Zone == 0
                ? text + ": without a zone, such as %eth0, no host knows which link is meant"
                : $"{text}, on the link of zone {input.ZoneName ?? address.Zone.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        }

        return scope == IpScope.Global && address.IsPrivate ? text + " by definition (RFC 6724); routers keep it inside a network" : text;
    }

    private static string PurposeText(SpecialPurposeBlock? block)
    {
        if (block is null) return string.Empty;
        var end = block.Terminated is { } date ? $"ended {date}" : block.GloballyReachable switch
        {
            true => "globally reachable",
            false when block.Forwardable == true => "routed inside a network, not globally reachable",
            false => "never forwarded by a router",
            _ => "reachability depends on the address inside",
        };
        return $"{block.Name}, {block.Prefix} ({block.Reference}): {end}";
    }

    // A long name is broken behind a dot, where it can be read on.
    private static IEnumerable<(string Label, string Value)> Broken(string label, string name)
    {
        const int Room = 60;
        var dot = name.Length <= Room ? -1 : name.LastIndexOf('.', Room - 1);
        if (dot < 0) return [(label, name)];
        return [(label, name[..(dot + 1)]), (string.Empty, name[(dot + 1)..])];
    }

    private static string AllocationText(AddressBlock block)
    {
        var status = block.Status.Length > 0 ? $", {block.Status.ToLowerInvariant()}" : string.Empty;
        var date = block.Date.Length > 0 ? $" {block.Date}" : string.Empty;
        return $"{block.Prefix} {block.Designation}{status}{date}{(block.Whois.Length > 0 ? $", {block.Whois}" : string.Empty)}";
    }

    private static IEnumerable<(string Label, string Value)> MulticastRows(IpAddress address)
    {
        if (AddressRegistry.FindMulticast(address) is { } group) yield return ("group", $"{group.Description} ({group.Block}{(group.Reference.Length > 0 ? ", " + group.Reference : string.Empty)})");
        if (Ipv6Multicast.Read(address) is { } v6)
        {
            string[] flags = [v6.IsTransient ? "T: made for the occasion" : "assigned by IANA", v6.IsPrefixBased ? "P: made from a prefix" : "", v6.HasRendezvousPoint ? "R: names its rendezvous point" : ""];
            yield return ("flags", string.Join("; ", flags.Where(static f => f.Length > 0)));
            if (v6.Prefix is { } prefix) yield return ("made from", prefix.Length == 0 ? "no prefix: source-specific multicast" : prefix.ToString());
            if (v6.RendezvousPoint is { } point) yield return ("rendezvous", point.ToString());
        }

        if (MulticastMapping.MacOf(address) is { } mac) yield return ("MAC address", address.IsV4 ? $"{mac}, which 31 other groups have too" : mac.ToString());
    }

    private static IEnumerable<(string Label, string Value)> V6Rows(IpAddress address)
    {
        if (EmbeddedV4.Find(address) is { } inside) yield return ("IPv4 inside", EmbeddedText(inside));
        if (address.IsUnspecified || address.IsLoopback || EmbeddedV4.Find(address) is not null) yield break;
        if (InterfaceIdentifier.TryGetMac(address, out var mac))
        {
            var vendor = !mac.IsLocal && OuiRegistry.Find(mac) is { } oui ? $" ({oui.Organization})" : string.Empty;
            yield return ("interface id", $"ff:fe in the middle: EUI-64 of MAC {mac}{vendor}, which tells its hardware");
        }

        var node = MulticastMapping.SolicitedNode(address);
        yield return ("solicited-node", $"{node}, MAC {MulticastMapping.MacOf(node)}");
    }

    private static string EmbeddedText(EmbeddedV4 inside) => inside.Kind switch
    {
        EmbeddedV4Kind.Mapped => $"{inside.Address}: IPv4 on an IPv6 socket, never on the wire (RFC 4291)",
        EmbeddedV4Kind.SixToFour => $"{inside.Address}: the 6to4 router (RFC 3056; given up by RFC 7526)",
        EmbeddedV4Kind.Nat64 => $"{inside.Address}: the host behind NAT64 (RFC 6052)",
        _ => $"{inside.Address} port {inside.TeredoFacts?.Port}: the Teredo client; server {inside.TeredoFacts?.Server}{(inside.TeredoFacts?.IsCone == true ? ", cone NAT" : string.Empty)} (RFC 4380)",
    };

    private static string ReverseZoneText(IpPrefix prefix)
    {
        // 2^7 zones for the worst IPv4 prefix (/1, /9, /17): three say enough.
        var zones = ReverseZones.Of(prefix);
        var text = string.Join(", ", zones.Take(3)) + (zones.Count > 3 ? $" … {zones.Count} in all" : string.Empty);
        return ReverseZones.ClasslessNameOf(prefix) is { } part ? $"{text}; this part alone as {part} (RFC 2317)" : text;
    }

    private static string NotationText(AddressNotation notation) => notation switch
    {
        AddressNotation.Decimal => "one decimal number",
        AddressNotation.Hexadecimal => "one hexadecimal number",
        AddressNotation.Binary => "binary",
        _ => "a short form that only programs with inet_aton(3) read",
    };
}
