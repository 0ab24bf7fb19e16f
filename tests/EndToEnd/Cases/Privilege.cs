namespace Fathom.EndToEnd.Cases;

/// <summary>As whom `fathom` runs in the client.</summary>
public enum Privilege
{
    /// <summary>root: raw sockets and capture.</summary>
    Root,

    /// <summary>uid 65534 without capabilities, in the kernel's default: not even a ping socket (`ping_group_range` is `1 0`).</summary>
    Nobody,

    /// <summary>uid 65534 without capabilities, where `ping_group_range` allows everybody an ICMP datagram socket.</summary>
    NobodyWithPing,
}
