namespace Fathom.Wire.Application.Dhcp;

/// <summary>What a message is, by option 53 (RFC 2132 §9.6 and the registry "DHCP Message Type 53 Values").</summary>
public enum DhcpMessageType : byte
{
    /// <summary>No DHCP message: plain BOOTP.</summary>
    None = 0,

    /// <summary>DHCPDISCOVER: is there a server?</summary>
    Discover = 1,

    /// <summary>DHCPOFFER: here is an address.</summary>
    Offer = 2,

    /// <summary>DHCPREQUEST: I take it, or: may I keep it?</summary>
    Request = 3,

    /// <summary>DHCPDECLINE: the address is in use already.</summary>
    Decline = 4,

    /// <summary>DHCPACK: it is yours.</summary>
    Ack = 5,

    /// <summary>DHCPNAK: no.</summary>
    Nak = 6,

    /// <summary>DHCPRELEASE: I need it no more.</summary>
    Release = 7,

    /// <summary>DHCPINFORM: I have an address, tell me the rest.</summary>
    Inform = 8,

    /// <summary>DHCPFORCERENEW (RFC 3203).</summary>
    ForceRenew = 9,

    /// <summary>DHCPLEASEQUERY (RFC 4388).</summary>
    LeaseQuery = 10,

    /// <summary>DHCPLEASEUNASSIGNED (RFC 4388).</summary>
    LeaseUnassigned = 11,

    /// <summary>DHCPLEASEUNKNOWN (RFC 4388).</summary>
    LeaseUnknown = 12,

    /// <summary>DHCPLEASEACTIVE (RFC 4388).</summary>
    LeaseActive = 13,

    /// <summary>DHCPBULKLEASEQUERY (RFC 6926).</summary>
    BulkLeaseQuery = 14,

    /// <summary>DHCPLEASEQUERYDONE (RFC 6926).</summary>
    LeaseQueryDone = 15,

    /// <summary>DHCPACTIVELEASEQUERY (RFC 7724).</summary>
    ActiveLeaseQuery = 16,

    /// <summary>DHCPLEASEQUERYSTATUS (RFC 7724).</summary>
    LeaseQueryStatus = 17,

    /// <summary>DHCPTLS (RFC 7724).</summary>
    Tls = 18,
}
