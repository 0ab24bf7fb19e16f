namespace Fathom.Stack.Application.Dhcp;

/// <summary>Why a DHCP client went from one state to another.</summary>
public enum DhcpReason : byte
{
    /// <summary>It was started.</summary>
    Started,

    /// <summary>It was stopped, or gave its address back.</summary>
    Stopped,

    /// <summary>The time to wait before is over.</summary>
    WaitOver,

    /// <summary>A server has offered an address.</summary>
    Offered,

    /// <summary>A server has given the address, or more time.</summary>
    Acknowledged,

    /// <summary>A server has said no (DHCPNAK).</summary>
    Refused,

    /// <summary>No server has answered.</summary>
    NoAnswer,

    /// <summary>No other host has the address.</summary>
    AddressIsFree,

    /// <summary>Another host has the address; the server was told (DHCPDECLINE).</summary>
    AddressInUse,

    /// <summary>Half of the lease is over (T1).</summary>
    RenewalTime,

    /// <summary>Seven eighths of the lease are over (T2).</summary>
    RebindingTime,

    /// <summary>The lease is over.</summary>
    LeaseOver,
}
