namespace Fathom.Hosts;

/// <summary>Why a host could not do or tell what it was asked. Never a statement about the network.</summary>
/// <param name="Kind">The kind of refusal.</param>
/// <param name="Reason">The reason as one sentence for a person: "ICMP sockets are not permitted: …".</param>
/// <param name="Remedy">What a person can do about it, or null: "sysctl -w net.ipv4.ping_group_range=…".</param>
public sealed record HostRefusal(HostRefusalKind Kind, string Reason, string? Remedy = null);
