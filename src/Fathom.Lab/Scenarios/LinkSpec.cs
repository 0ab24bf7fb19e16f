using Fathom.Lab.Link;

namespace Fathom.Lab.Scenarios;

/// <summary>A cable between two interfaces.</summary>
/// <param name="Left">"host.interface".</param>
/// <param name="Right">"host.interface".</param>
/// <param name="ToRight">What it does from left to right.</param>
/// <param name="ToLeft">What it does from right to left.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record LinkSpec(string Left, string Right, LinkSettings ToRight, LinkSettings ToLeft, ScenarioPlace At)
{
    /// <summary>The place that says which scenario it was inherited from; null: this scenario's own.</summary>
    public ScenarioPlace? InheritedAt { get; init; }

    /// <summary>A line with IP packets in it and nothing else, as PPP (RFC 1661) and satellite modems have them: no Ethernet header, and no neighbors to find.</summary>
    public bool IsPointToPoint { get; init; }

    /// <summary>It is plugged into an interface.</summary>
    /// <param name="end">"host.interface".</param>
    public bool EndsAt(string end) => Left == end || Right == end;
}
