namespace Fathom.Wire.Internet;

/// <summary>A block of the IANA special-purpose address registries (RFC 6890). A flag is null where the registry has none.</summary>
/// <param name="Prefix">The block.</param>
/// <param name="Name">Its name: "Private-Use".</param>
/// <param name="Reference">The RFCs.</param>
/// <param name="Allocated">Year and month, "1996-02".</param>
/// <param name="Terminated">When its purpose ended, or null.</param>
/// <param name="Source">May be the source of a packet between two devices.</param>
/// <param name="Destination">May be the destination of one.</param>
/// <param name="Forwardable">A router may forward a packet to it.</param>
/// <param name="GloballyReachable">A router may forward it beyond an administrative boundary.</param>
/// <param name="ReservedByProtocol">The IP protocol itself gives it a meaning.</param>
public sealed record SpecialPurposeBlock(
    IpPrefix Prefix,
    string Name,
    string Reference,
    string Allocated,
    string? Terminated,
    bool? Source,
    bool? Destination,
    bool? Forwardable,
    bool? GloballyReachable,
    bool? ReservedByProtocol);
