namespace Fathom.Probes.Internet.Path;

/// <summary>How large a packet a path carries.</summary>
/// <param name="Mtu">The largest packet that was answered, in octets; null where not even the smallest was.</param>
/// <param name="Lost">The smallest packet that vanished without a report, in octets; null where none did.</param>
/// <param name="Reports">What routers, or this host, said on the way, in order.</param>
/// <param name="HoleAfter">The last hop that a vanishing packet reached: it is lost behind it. Null where none vanished, or no router answered.</param>
public sealed record PathMtuOutcome(int? Mtu, int? Lost, IReadOnlyList<PathMtuReport> Reports, byte? HoleAfter);
