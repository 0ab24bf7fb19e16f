using Fathom.Wire.Internet;

namespace Fathom.Lab.Internet;

/// <summary>What lies between hosts without a router: a cable, or switches and what is plugged into them.</summary>
internal sealed class RouteMapSegment
{
    /// <summary>Who is attached.</summary>
    public List<RouteMapEnd> Ends { get; } = [];

    /// <summary>Routers that are not known to be stubs below this segment.</summary>
    public int OpenRouters { get; set; }

    /// <summary>It is a part of what hangs on <see cref="Above"/>.</summary>
    public bool IsStub { get; set; }

    /// <summary>The router that leads from here to the rest, where the segment is a stub.</summary>
    public RouteMapEnd? Above { get; set; }

    /// <summary>The prefixes on the segment itself.</summary>
    public List<IpPrefix> Prefixes { get; } = [];
}
