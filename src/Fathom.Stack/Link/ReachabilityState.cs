namespace Fathom.Stack.Link;

/// <summary>What is known of a neighbor (RFC 4861 §7.3.2); ARP's neighbors have the same states.</summary>
public enum ReachabilityState : byte
{
    /// <summary>Its MAC address is being asked for; packets wait.</summary>
    Incomplete,

    /// <summary>It has answered, or has taken packets, a short while ago.</summary>
    Reachable,

    /// <summary>It is not known whether it is still there; nothing is done until there is a packet for it.</summary>
    Stale,

    /// <summary>A packet has gone to it; the upper layer has a few seconds to say that it arrived.</summary>
    Delay,

    /// <summary>It is asked whether it is still there; packets go on meanwhile.</summary>
    Probe,

    /// <summary>It did not answer. The next packet for it asks again.</summary>
    Failed,

    /// <summary>Whoever runs the host has said where it is: never asked, never forgotten.</summary>
    Permanent,
}
