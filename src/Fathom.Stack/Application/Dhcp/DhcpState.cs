namespace Fathom.Stack.Application.Dhcp;

/// <summary>Where a DHCP client stands (RFC 2131 §4.4, figure 5).</summary>
public enum DhcpState : byte
{
    /// <summary>It does nothing: it was not started, or was stopped.</summary>
    Stopped,

    /// <summary>INIT: it is about to look for servers.</summary>
    Init,

    /// <summary>SELECTING: it has asked for servers.</summary>
    Selecting,

    /// <summary>REQUESTING: it has asked one server for what that offered.</summary>
    Requesting,

    /// <summary>INIT-REBOOT and REBOOTING: it has asked for the address that it had before.</summary>
    Rebooting,

    /// <summary>The address was given; whether another host has it is being looked at (RFC 2131 §4.4.1, RFC 5227).</summary>
    Checking,

    /// <summary>BOUND: it has its address.</summary>
    Bound,

    /// <summary>RENEWING: it asks its server for more time.</summary>
    Renewing,

    /// <summary>REBINDING: it asks any server for more time.</summary>
    Rebinding,
}
