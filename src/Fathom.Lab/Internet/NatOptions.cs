namespace Fathom.Lab.Internet;

/// <summary>How an address translator behaves. The defaults are those that RFC 4787, RFC 5382 and RFC 5508 ask for.</summary>
public sealed record NatOptions
{
    /// <summary>When a host's port gets another external one: never, for each far address, or for each far end (RFC 4787 REQ-1: never).</summary>
    public NatBehavior Mapping { get; init; }

    /// <summary>Who may send in through a mapping: anybody, addresses that were sent to, or ends that were sent to (RFC 4787 REQ-8).</summary>
    public NatBehavior Filtering { get; init; } = NatBehavior.AddressDependent;

    /// <summary>Hosts inside reach each other by their external addresses (RFC 4787 REQ-9, RFC 5382 REQ-8).</summary>
    public bool Hairpinning { get; init; } = true;

    /// <summary>An external port is the internal one where that is free (RFC 4787 REQ-3 allows it); parity is kept in any case (REQ-4).</summary>
    public bool PreservesPorts { get; init; } = true;

    /// <summary>How long a UDP mapping lives after the last datagram from inside (RFC 4787 REQ-5: 5 minutes; REQ-6: from inside).</summary>
    public TimeSpan UdpTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a mapping of an echo request lives (RFC 5508 REQ-2: at least 60 seconds).</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Mappings that are kept at most; a home router has some thousand.</summary>
    public int MaximumMappings { get; init; } = 16_384;

    /// <summary>Far ends that one mapping remembers at most.</summary>
    public int MaximumSessions { get; init; } = 1024;
}
