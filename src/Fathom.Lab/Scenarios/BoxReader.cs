using System.Globalization;
using Fathom.Lab.Application;
using Fathom.Lab.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Scenarios;

/// <summary>Reads what stands in the way of a host's packets.</summary>
internal static class BoxReader
{
    /// <summary>The keys of a host that are boxes.</summary>
    public static readonly string[] Keys = ["nat", "firewall", "mss-clamp", "icmp-filter", "size-filter", "portal"];

    // The smallest packet that a link must carry (RFC 791 §3.2), and the largest that there is.
    private const int SmallestPacket = 68;
    private const int LargestPacket = 65_535;

    // A person wrote it, a router holds it.
    private const int MostMappings = 65_536;

    public static BoxSpec? Read(string name, ScenarioNode node) => name switch
    {
        "nat" => ReadNat(node),
        "firewall" => ReadFirewall(node),
        "mss-clamp" => ReadClamp(node),
        "icmp-filter" => new BoxSpec.IcmpFilter(Scope(node), node.Place),
        "size-filter" => new BoxSpec.SizeFilter(node.Number(SmallestPacket, LargestPacket), node.Place),
        "portal" => ReadPortal(node),
        _ => null,
    };

    private static BoxSpec.Nat ReadNat(ScenarioNode node)
    {
        if (node.IsWord) return new BoxSpec.Nat(node.Text(), new NatOptions(), [], node.Place);
        string? outside = null;
        var options = new NatOptions();
        var forwards = new List<(IpProtocol, ushort, IpEndpoint)>();
        foreach (var (key, name, value) in node.Entries())
        {
            switch (name)
            {
                case "outside":
                    outside = value.Text();
                    break;
                case "mapping":
                    options = options with { Mapping = Behavior(value) };
                    break;
                case "filtering":
                    options = options with { Filtering = Behavior(value) };
                    break;
                case "hairpinning":
                    options = options with { Hairpinning = value.Flag() };
                    break;
                case "preserves-ports":
                    options = options with { PreservesPorts = value.Flag() };
                    break;
                case "udp-timeout":
                    options = options with { UdpTimeout = value.Duration() };
                    break;
                case "mappings":
                    options = options with { MaximumMappings = value.Number(1, MostMappings) };
                    break;
                case "forward":
                    foreach (var item in value.Items()) forwards.Add(ReadForward(item));
                    break;
                default:
                    throw key.Unknown(name, "outside", "mapping", "filtering", "hairpinning", "preserves-ports", "udp-timeout", "mappings", "forward");
            }
        }

        return new BoxSpec.Nat(outside ?? throw node.Refuse("a nat has an interface to the outside (outside:)"), options, forwards, node.Place);
    }

    private static (IpProtocol Protocol, ushort Port, IpEndpoint To) ReadForward(ScenarioNode node)
    {
        var protocol = IpProtocol.Tcp;
        ushort? port = null;
        IpEndpoint? to = null;
        foreach (var (key, name, value) in node.Entries())
        {
            switch (name)
            {
                case "protocol":
                    protocol = Protocol(value);
                    if (protocol != IpProtocol.Tcp && protocol != IpProtocol.Udp) throw value.Refuse("a port of tcp or udp can be forwarded");
                    break;
                case "port":
                    port = Port(value);
                    break;
                case "to":
                    to = Inside(value);
                    break;
                default:
                    throw key.Unknown(name, "protocol", "port", "to");
            }
        }

        return (protocol, port ?? throw node.Refuse("say which port is forwarded (port:)"), to ?? throw node.Refuse("say where the port leads (to: address:port)"));
    }

    private static IpEndpoint Inside(ScenarioNode node)
    {
        var text = node.Text();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && IpAddress.TryParse(text.AsSpan(0, colon), out var address) && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0) return new IpEndpoint(address, port);
        throw node.Refuse($"'{text}': expected an IPv4 address and a port, 192.168.1.2:80");
    }

    private static BoxSpec.Firewall ReadFirewall(ScenarioNode node)
    {
        var rules = new List<FirewallRuleSpec>();
        var otherwise = FirewallAction.Allow;
        var established = true;
        foreach (var (key, name, value) in node.Entries())
        {
            switch (name)
            {
                case "rules":
                    foreach (var item in value.Items()) rules.Add(ReadRule(item));
                    break;
                case "otherwise":
                    otherwise = Action(value);
                    break;
                case "established":
                    established = value.Flag();
                    break;
                default:
                    throw key.Unknown(name, "rules", "otherwise", "established");
            }
        }

        return new BoxSpec.Firewall(rules, otherwise, established, node.Place);
    }

    private static FirewallRuleSpec ReadRule(ScenarioNode node)
    {
        FirewallAction? action = null;
        var rule = new FirewallRule(FirewallAction.Allow);
        string? comesIn = null;
        string? goesOut = null;
        foreach (var (key, name, value) in node.Entries())
        {
            switch (name)
            {
                case "action":
                    action = Action(value);
                    break;
                case "way":
                    rule = rule with { Way = Way(value) };
                    break;
                case "version":
                    rule = rule with { Version = value.Text() switch { "4" => IpVersion.V4, "6" => IpVersion.V6, var other => throw value.Refuse($"'{other}': expected 4 or 6") } };
                    break;
                case "protocol":
                    rule = rule with { Protocol = Protocol(value) };
                    break;
                case "from":
                    rule = rule with { Source = value.Prefix() };
                    break;
                case "to":
                    rule = rule with { Destination = value.Prefix() };
                    break;
                case "from-port":
                    rule = rule with { SourcePorts = Ports(value) };
                    break;
                case "port":
                    rule = rule with { DestinationPorts = Ports(value) };
                    break;
                case "in":
                    comesIn = value.Text();
                    break;
                case "out":
                    goesOut = value.Text();
                    break;
                default:
                    throw key.Unknown(name, "action", "way", "version", "protocol", "from", "to", "from-port", "port", "in", "out");
            }
        }

        if (action is not { } what) throw node.Refuse("a rule says what is done (action: allow, drop, prohibit or refuse)");
        return new FirewallRuleSpec(rule with { Action = what }, comesIn, goesOut, node.Place);
    }

    private static BoxSpec.MssClamp ReadClamp(ScenarioNode node)
    {
        if (node.IsWord) return new BoxSpec.MssClamp(node.Text(), null, node.Place);
        string? port = null;
        int? mtu = null;
        foreach (var (key, name, value) in node.Entries())
        {
            if (name == "interface") port = value.Text();
            else if (name == "mtu") mtu = value.Number(SmallestPacket, LargestPacket);
            else throw key.Unknown(name, "interface", "mtu");
        }

        return new BoxSpec.MssClamp(port ?? throw node.Refuse("a clamp sits at an interface (interface:)"), mtu, node.Place);
    }

    private static BoxSpec.Portal ReadPortal(ScenarioNode node)
    {
        if (node.IsWord) return new BoxSpec.Portal(node.Text(), PortalAnswer.Status, false, node.Place);
        string? inside = null;
        var (answer, byName) = (PortalAnswer.Status, false);
        foreach (var (key, name, value) in node.Entries())
        {
            if (name == "inside") inside = value.Text();
            else if (name == "answers") answer = Answer(value);
            else if (name == "by-name") byName = value.Flag();
            else throw key.Unknown(name, "inside", "answers", "by-name");
        }

        return new BoxSpec.Portal(inside ?? throw node.Refuse("a portal is for those behind an interface (inside:)"), answer, byName, node.Place);
    }

    private static PortalAnswer Answer(ScenarioNode node) => node.Text() switch
    {
        "status" => PortalAnswer.Status,
        "redirect" => PortalAnswer.Redirect,
        "page" => PortalAnswer.Page,
        var other => throw node.Unknown(other, "status", "redirect", "page"),
    };

    private static FirewallAction Action(ScenarioNode node) => node.Text() switch
    {
        "allow" => FirewallAction.Allow,
        "drop" => FirewallAction.Drop,
        "prohibit" => FirewallAction.Prohibit,
        "refuse" => FirewallAction.Refuse,
        var other => throw node.Refuse($"'{other}': expected allow, drop, prohibit or refuse"),
    };

    private static FirewallWay Way(ScenarioNode node) => node.Text() switch
    {
        "any" => FirewallWay.Any,
        "in" => FirewallWay.In,
        "out" => FirewallWay.Out,
        "through" => FirewallWay.Through,
        var other => throw node.Refuse($"'{other}': expected any, in, out or through"),
    };

    private static NatBehavior Behavior(ScenarioNode node) => node.Text() switch
    {
        "endpoint-independent" => NatBehavior.EndpointIndependent,
        "address-dependent" => NatBehavior.AddressDependent,
        "address-and-port-dependent" => NatBehavior.AddressAndPortDependent,
        var other => throw node.Refuse($"'{other}': expected endpoint-independent, address-dependent or address-and-port-dependent (RFC 4787)"),
    };

    private static IcmpFilterScope Scope(ScenarioNode node) => node.Text() switch
    {
        "too-big" => IcmpFilterScope.TooBig,
        "echo" => IcmpFilterScope.Echo,
        "all" => IcmpFilterScope.All,
        var other => throw node.Refuse($"'{other}': expected too-big, echo or all"),
    };

    private static IpProtocol Protocol(ScenarioNode node) => node.Text() switch
    {
        "tcp" => IpProtocol.Tcp,
        "udp" => IpProtocol.Udp,
        "icmp" => IpProtocol.Icmp,
        "icmpv6" => IpProtocol.Icmpv6,
        var other => throw node.Refuse($"'{other}': expected tcp, udp, icmp or icmpv6"),
    };

    private static ushort Port(ScenarioNode node) => (ushort)node.Number(1, ushort.MaxValue);

    private static PortSpan Ports(ScenarioNode node)
    {
        var parts = node.Text().Split('-');
        if (parts.Length <= 2 && ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && ushort.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) && first <= last) return new PortSpan(first, last);
        throw node.Refuse($"'{node.Text()}': expected a port, or a range of them, 8000-8080");
    }
}
