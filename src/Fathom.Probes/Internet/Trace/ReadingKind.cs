namespace Fathom.Probes.Internet.Trace;

/// <summary>What a line of a reading is about.</summary>
public enum ReadingKind
{
    /// <summary>None of the others.</summary>
    Other = 0,

    /// <summary>The destination answered.</summary>
    Reached,

    /// <summary>Packets get no further than here.</summary>
    Stops,

    /// <summary>A router refuses packets and says so.</summary>
    Refused,

    /// <summary>Packets circle.</summary>
    Loop,

    /// <summary>Hops that answer nothing, with answers beyond them.</summary>
    Silent,

    /// <summary>A router answers fewer probes than it forwards.</summary>
    RateLimited,

    /// <summary>Packets are lost from here on.</summary>
    Loss,

    /// <summary>A router answers more slowly than it forwards.</summary>
    SlowControlPlane,

    /// <summary>A link that takes much of the time.</summary>
    LongLink,

    /// <summary>Several routers at one hop.</summary>
    SeveralWays,

    /// <summary>The way back is of another length.</summary>
    Asymmetry,

    /// <summary>MPLS labels.</summary>
    Mpls,

    /// <summary>The path MTU.</summary>
    Mtu,
}
