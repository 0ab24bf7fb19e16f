using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet;

/// <summary>An address with the number of its zone, or what is wrong with what was written.</summary>
/// <param name="Address">The address.</param>
/// <param name="Problem">One phrase that says what to write instead; null where the address can be used.</param>
public sealed record ScopedAddress(IpAddress Address, string? Problem);
