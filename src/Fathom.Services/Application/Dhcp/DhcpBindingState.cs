namespace Fathom.Services.Application.Dhcp;

/// <summary>How an address of a DHCP server stands.</summary>
public enum DhcpBindingState
{
    /// <summary>Free: its time is over, or it was given back. It is kept for the client that had it as long as there are others (RFC 2131 §2.2).</summary>
    Free,

    /// <summary>Offered, and not taken yet.</summary>
    Offered,

    /// <summary>Lent.</summary>
    Bound,

    /// <summary>A client found another host with it.</summary>
    Declined,
}
