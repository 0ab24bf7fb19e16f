namespace Fathom.Wire.Internet;

/// <summary>The prefix information option's values (RFC 4861 §4.6.2).</summary>
/// <param name="PrefixLength">Bits of the prefix, 0 to 128 where it is right.</param>
/// <param name="Prefix">The prefix as it stands; its host bits are to be ignored.</param>
/// <param name="OnLink">Addresses of the prefix are on the link.</param>
/// <param name="Autonomous">Hosts may make addresses of it (RFC 4862).</param>
/// <param name="ValidLifetime">Seconds; 0xFFFFFFFF means forever.</param>
/// <param name="PreferredLifetime">Seconds; 0xFFFFFFFF means forever.</param>
public readonly record struct NdPrefixInformation(
    byte PrefixLength, IpAddress Prefix, bool OnLink, bool Autonomous, uint ValidLifetime, uint PreferredLifetime);
