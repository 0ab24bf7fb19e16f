using Fathom.Wire.Internet;

namespace Fathom.Lab.Scenarios;

/// <summary>A route of a host.</summary>
/// <param name="To">The prefix.</param>
/// <param name="Via">The next hop: an address on one of the host's links.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record RouteSpec(IpPrefix To, IpAddress Via, ScenarioPlace At);
