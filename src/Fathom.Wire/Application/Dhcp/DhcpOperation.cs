namespace Fathom.Wire.Application.Dhcp;

/// <summary>Who a BOOTP message is from (RFC 2131 §2).</summary>
public enum DhcpOperation : byte
{
    /// <summary>Neither: the default of an unset value.</summary>
    None = 0,

    /// <summary>BOOTREQUEST: a client's.</summary>
    Request = 1,

    /// <summary>BOOTREPLY: a server's.</summary>
    Reply = 2,
}
