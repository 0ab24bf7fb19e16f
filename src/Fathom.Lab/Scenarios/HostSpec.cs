using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>A host, or a router.</summary>
/// <param name="Name">Its name.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record HostSpec(string Name, ScenarioPlace At)
{
    /// <summary>The place that says which scenario it was inherited from; null: this scenario's own.</summary>
    public ScenarioPlace? InheritedAt { get; init; }

    /// <summary>What it is, for people.</summary>
    public string About { get; init; } = string.Empty;

    /// <summary>Passes packets of others on.</summary>
    public bool Forwards { get; init; }

    /// <summary>Its interfaces.</summary>
    public IReadOnlyList<InterfaceSpec> Interfaces { get; init; } = [];

    /// <summary>Its routes, the default ones among them.</summary>
    public IReadOnlyList<RouteSpec> Routes { get; init; } = [];

    /// <summary>It gets the routes of the shortest paths beside those.</summary>
    public bool PlansRoutes { get; init; }

    /// <summary>The resolvers that it asks.</summary>
    public IReadOnlyList<IpAddress> Resolvers { get; init; } = [];

    /// <summary>It trusts the lab's own certificates.</summary>
    public bool TrustsLab { get; init; } = true;

    /// <summary>What stands in the way of its packets.</summary>
    public IReadOnlyList<BoxSpec> Boxes { get; init; } = [];

    /// <summary>What it serves.</summary>
    public IReadOnlyList<ServiceSpec> Services { get; init; } = [];
}
