namespace Fathom.Wire.Internet;

/// <summary>A block of the IANA address space registries.</summary>
/// <param name="Prefix">The block.</param>
/// <param name="Designation">Who has it, or what it is for: "RIPE NCC", "Global Unicast".</param>
/// <param name="Status">"ALLOCATED", "LEGACY", "RESERVED"; empty where the registry has none.</param>
/// <param name="Date">Since when; empty where the registry has none.</param>
/// <param name="Whois">The server that knows more; empty where the registry has none.</param>
/// <param name="Registry">The registry and its date.</param>
public sealed record AddressBlock(IpPrefix Prefix, string Designation, string Status, string Date, string Whois, string Registry);
