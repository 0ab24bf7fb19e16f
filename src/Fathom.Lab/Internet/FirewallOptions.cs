namespace Fathom.Lab.Internet;

/// <summary>How a firewall behaves.</summary>
public sealed record FirewallOptions
{
    /// <summary>The rules; the first that matches decides.</summary>
    public IReadOnlyList<FirewallRule> Rules { get; init; } = [];

    /// <summary>What is done where no rule matches.</summary>
    public FirewallAction Otherwise { get; init; }

    /// <summary>Packets of a flow that was allowed pass in both directions, with the ICMP errors about it: the firewall is stateful. Else each packet is judged by the rules alone.</summary>
    public bool AllowsEstablished { get; init; } = true;

    /// <summary>Flows that are remembered at most.</summary>
    public int MaximumFlows { get; init; } = 65_536;
}
