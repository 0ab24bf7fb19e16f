using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Sweep;

/// <summary>An address that answered.</summary>
/// <param name="Address">The address.</param>
/// <param name="RoundTrip">From the last request to the reply: where an earlier request was answered late, this is too short.</param>
/// <param name="HopLimit">The hop limit left on arrival; null where the host does not tell.</param>
public readonly record struct SweepAnswer(IpAddress Address, TimeSpan RoundTrip, byte? HopLimit);
