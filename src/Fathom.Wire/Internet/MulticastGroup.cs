namespace Fathom.Wire.Internet;

/// <summary>An entry of the IANA IPv4 or IPv6 multicast address space registry.</summary>
/// <param name="Range">The addresses.</param>
/// <param name="Description">What for.</param>
/// <param name="Block">The block it belongs to.</param>
/// <param name="Reference">The RFCs; may be empty.</param>
public sealed record MulticastGroup(IpRange Range, string Description, string Block, string Reference);
