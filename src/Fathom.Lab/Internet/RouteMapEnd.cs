using Fathom.Lab.Link;

namespace Fathom.Lab.Internet;

/// <summary>Where a host is attached to a segment.</summary>
/// <param name="Host">The host.</param>
/// <param name="Port">By which port.</param>
/// <param name="Segment">To which segment.</param>
internal sealed record RouteMapEnd(RouteMapHost Host, HostPort Port, RouteMapSegment Segment);
