namespace Fathom.Wire.Internet;

/// <summary>What ties the fragments of one packet together (RFC 791 §3.2, RFC 8200 §4.5).</summary>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The receiver.</param>
/// <param name="Protocol">IPv4: part of the tie. IPv6: not, and null.</param>
/// <param name="Identification">16 bits in IPv4, 32 in IPv6.</param>
public readonly record struct DatagramId(IpAddress Source, IpAddress Destination, IpProtocol? Protocol, uint Identification);
