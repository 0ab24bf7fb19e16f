namespace Fathom.Lab.Internet;

/// <summary>What a firewall does with a packet.</summary>
public enum FirewallAction : byte
{
    /// <summary>It passes.</summary>
    Allow,

    /// <summary>It vanishes.</summary>
    Drop,

    /// <summary>Its sender is told that it is administratively prohibited.</summary>
    Prohibit,

    /// <summary>Its sender is told that nobody is there: a TCP RST, for others port unreachable.</summary>
    Refuse,
}
