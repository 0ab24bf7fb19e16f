namespace Fathom.Hosts.Link;

/// <summary>The state of a neighbor cache entry (RFC 4861 §7.3.2, and Linux's additions).</summary>
public enum NeighborState
{
    /// <summary>Not one of the others.</summary>
    Unknown = 0,

    /// <summary>Asked, no answer yet.</summary>
    Incomplete,

    /// <summary>Answered lately.</summary>
    Reachable,

    /// <summary>Known, not confirmed lately.</summary>
    Stale,

    /// <summary>A packet was sent; waiting for a hint from above before asking.</summary>
    Delay,

    /// <summary>Being asked again.</summary>
    Probe,

    /// <summary>Asked, and never answered.</summary>
    Failed,

    /// <summary>Entered by hand.</summary>
    Permanent,

    /// <summary>Needs no resolution (loopback, point-to-point).</summary>
    NoArp,
}
