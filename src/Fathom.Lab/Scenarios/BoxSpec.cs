using Fathom.Lab.Application;
using Fathom.Lab.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Scenarios;

/// <summary>Something that stands in the way of a host's packets.</summary>
/// <param name="At">Where it stands in the file.</param>
public abstract record BoxSpec(ScenarioPlace At)
{
    /// <summary>An address translator.</summary>
    /// <param name="Outside">The router's interface to the outside.</param>
    /// <param name="Options">How it behaves.</param>
    /// <param name="Forwards">Ports of the outside that lead to a host inside.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record Nat(string Outside, NatOptions Options, IReadOnlyList<(IpProtocol Protocol, ushort Port, IpEndpoint To)> Forwards, ScenarioPlace At) : BoxSpec(At);

    /// <summary>A firewall.</summary>
    /// <param name="Rules">Its rules; the first that matches decides.</param>
    /// <param name="Otherwise">What is done where none matches.</param>
    /// <param name="Established">It is stateful: what belongs to a flow that was allowed passes.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record Firewall(IReadOnlyList<FirewallRuleSpec> Rules, FirewallAction Otherwise, bool Established, ScenarioPlace At) : BoxSpec(At);

    /// <summary>Lowers the maximum segment size of SYNs that cross an interface.</summary>
    /// <param name="Interface">The interface.</param>
    /// <param name="Mtu">The largest IP packet that is to come of it, in octets; null: what the interface carries.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record MssClamp(string Interface, int? Mtu, ScenarioPlace At) : BoxSpec(At);

    /// <summary>Swallows ICMP.</summary>
    /// <param name="Scope">Which.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record IcmpFilter(IcmpFilterScope Scope, ScenarioPlace At) : BoxSpec(At);

    /// <summary>Swallows packets above a size.</summary>
    /// <param name="Limit">The largest that passes, in octets.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record SizeFilter(int Limit, ScenarioPlace At) : BoxSpec(At);

    /// <summary>A captive portal on a router, for those behind one of its interfaces; its web server is at port 80 of that interface's first IPv4 address.</summary>
    /// <param name="Inside">The interface towards the clients.</param>
    /// <param name="Answer">How it answers for others.</param>
    /// <param name="ByName">It answers DNS questions with its own address, in place of turning connections.</param>
    /// <param name="At">Where it stands in the file.</param>
    public sealed record Portal(string Inside, PortalAnswer Answer, bool ByName, ScenarioPlace At) : BoxSpec(At);
}
