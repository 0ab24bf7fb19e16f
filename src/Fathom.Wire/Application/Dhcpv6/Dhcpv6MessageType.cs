namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>DHCPv6 messages by the numbers of the IANA registry "DHCPv6 Message Types" (RFC 8415 §7.3).</summary>
public enum Dhcpv6MessageType : byte
{
    /// <summary>Not a message: the default of an unset value.</summary>
    None = 0,

    /// <summary>SOLICIT: is there a server?</summary>
    Solicit = 1,

    /// <summary>ADVERTISE: here I am.</summary>
    Advertise = 2,

    /// <summary>REQUEST: lend me these.</summary>
    Request = 3,

    /// <summary>CONFIRM: do my addresses still fit the link?</summary>
    Confirm = 4,

    /// <summary>RENEW: more time, from the same server.</summary>
    Renew = 5,

    /// <summary>REBIND: more time, from any server.</summary>
    Rebind = 6,

    /// <summary>REPLY: the server's answer.</summary>
    Reply = 7,

    /// <summary>RELEASE: I need them no more.</summary>
    Release = 8,

    /// <summary>DECLINE: an address is in use already.</summary>
    Decline = 9,

    /// <summary>RECONFIGURE: ask me again.</summary>
    Reconfigure = 10,

    /// <summary>INFORMATION-REQUEST: tell me the rest, I have addresses.</summary>
    InformationRequest = 11,

    /// <summary>RELAY-FORW: a relay passes a message on to a server.</summary>
    RelayForward = 12,

    /// <summary>RELAY-REPL: and the answer back.</summary>
    RelayReply = 13,

    /// <summary>LEASEQUERY (RFC 5007).</summary>
    LeaseQuery = 14,

    /// <summary>LEASEQUERY-REPLY (RFC 5007).</summary>
    LeaseQueryReply = 15,

    /// <summary>LEASEQUERY-DONE (RFC 5460).</summary>
    LeaseQueryDone = 16,

    /// <summary>LEASEQUERY-DATA (RFC 5460).</summary>
    LeaseQueryData = 17,

    /// <summary>RECONFIGURE-REQUEST (RFC 6977).</summary>
    ReconfigureRequest = 18,

    /// <summary>RECONFIGURE-REPLY (RFC 6977).</summary>
    ReconfigureReply = 19,

    /// <summary>DHCPV4-QUERY (RFC 7341).</summary>
    Dhcpv4Query = 20,

    /// <summary>DHCPV4-RESPONSE (RFC 7341).</summary>
    Dhcpv4Response = 21,

    /// <summary>ACTIVELEASEQUERY (RFC 7653).</summary>
    ActiveLeaseQuery = 22,

    /// <summary>STARTTLS (RFC 7653).</summary>
    StartTls = 23,

    /// <summary>ADDR-REG-INFORM (RFC 9686).</summary>
    AddressRegistrationInform = 36,

    /// <summary>ADDR-REG-REPLY (RFC 9686).</summary>
    AddressRegistrationReply = 37,
}
