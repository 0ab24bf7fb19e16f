namespace Fathom.Wire.Internet;

/// <summary>Options of hop-by-hop and destination options headers: the IANA registry's values, action and change bits included.</summary>
public enum Ipv6OptionType : byte
{
    /// <summary>One octet of padding, RFC 8200 §4.2.</summary>
    Pad1 = 0x00,

    /// <summary>Two or more octets of padding, RFC 8200 §4.2.</summary>
    PadN = 0x01,

    /// <summary>Tunnel encapsulation limit, RFC 2473.</summary>
    TunnelEncapsulationLimit = 0x04,

    /// <summary>Router alert, RFC 2711.</summary>
    RouterAlert = 0x05,

    /// <summary>CALIPSO security label, RFC 5570.</summary>
    Calipso = 0x07,

    /// <summary>Minimum path MTU, RFC 9268.</summary>
    MinimumPathMtu = 0x30,

    /// <summary>RPL option, RFC 9008.</summary>
    Rpl = 0x23,

    /// <summary>Jumbo payload, RFC 2675.</summary>
    JumboPayload = 0xC2,

    /// <summary>Home address, RFC 6275.</summary>
    HomeAddress = 0xC9,
}
