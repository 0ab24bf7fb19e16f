namespace Fathom.Lab.Internet;

/// <summary>Which way a packet goes, seen from the firewall's host.</summary>
public enum FirewallWay : byte
{
    /// <summary>Any.</summary>
    Any,

    /// <summary>To the host.</summary>
    In,

    /// <summary>From the host.</summary>
    Out,

    /// <summary>Through it.</summary>
    Through,
}
