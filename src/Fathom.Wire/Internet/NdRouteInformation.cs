namespace Fathom.Wire.Internet;

/// <summary>The route information option's values (RFC 4191 §2.3).</summary>
/// <param name="PrefixLength">Bits of the prefix, 0 to 128 where it is right.</param>
/// <param name="Prefix">The prefix; octets that were not sent are zero.</param>
/// <param name="Preference">-1 low, 0 medium, 1 high, -2 reserved: ignore the option.</param>
/// <param name="Lifetime">Seconds; 0xFFFFFFFF means forever.</param>
public readonly record struct NdRouteInformation(byte PrefixLength, IpAddress Prefix, int Preference, uint Lifetime);
