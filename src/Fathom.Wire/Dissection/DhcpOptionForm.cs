namespace Fathom.Wire.Dissection;

/// <summary>What the content of a DHCPv4 option is.</summary>
internal enum DhcpOptionForm
{
    /// <summary>Opaque.</summary>
    Octets,

    /// <summary>Nothing: that it is there says all.</summary>
    None,

    /// <summary>One IPv4 address.</summary>
    Address,

    /// <summary>IPv4 addresses.</summary>
    Addresses,

    /// <summary>A number of one, two or four octets.</summary>
    Number,

    /// <summary>Seconds in four octets.</summary>
    Seconds,

    /// <summary>A number of four octets with a sign.</summary>
    Signed,

    /// <summary>0 or 1.</summary>
    Flag,

    /// <summary>Text in ASCII.</summary>
    Text,

    /// <summary>Option 52's bits.</summary>
    Overload,

    /// <summary>Option 53's kinds.</summary>
    MessageType,

    /// <summary>Codes of options.</summary>
    Codes,

    /// <summary>A kind of link, and an address of it; or kind 255 with an identity association and a DUID (RFC 4361).</summary>
    ClientIdentifier,

    /// <summary>Flags and a name (RFC 4702).</summary>
    DomainName,

    /// <summary>Sub-options of a relay (RFC 3046).</summary>
    Relay,

    /// <summary>Kinds of firmware (RFC 4578).</summary>
    Architecture,

    /// <summary>A type octet and a GUID (RFC 4578).</summary>
    Guid,

    /// <summary>Compressed domain names (RFC 3397).</summary>
    Names,

    /// <summary>Names or addresses (RFC 3361).</summary>
    SipServers,

    /// <summary>Prefixes and routers (RFC 3442).</summary>
    Routes,
}
