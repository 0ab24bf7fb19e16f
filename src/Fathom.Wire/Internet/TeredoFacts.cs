namespace Fathom.Wire.Internet;

/// <summary>What a Teredo address tells beside the client's address (RFC 4380 §4).</summary>
/// <param name="Server">The server that helped to make it.</param>
/// <param name="Port">The client's public UDP port.</param>
/// <param name="IsCone">The cone flag: it is behind a NAT that lets everybody in.</param>
public sealed record TeredoFacts(IpAddress Server, ushort Port, bool IsCone);
