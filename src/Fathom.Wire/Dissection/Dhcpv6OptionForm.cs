namespace Fathom.Wire.Dissection;

/// <summary>What the content of a DHCPv6 option is.</summary>
internal enum Dhcpv6OptionForm
{
    /// <summary>Opaque.</summary>
    Octets,

    /// <summary>Nothing: that it is there says all.</summary>
    None,

    /// <summary>A DHCP unique identifier.</summary>
    Duid,

    /// <summary>An IAID and two times, and options.</summary>
    Association,

    /// <summary>An IAID, and options.</summary>
    TemporaryAssociation,

    /// <summary>An address and two lifetimes, and options.</summary>
    Address,

    /// <summary>A prefix and two lifetimes, and options.</summary>
    Prefix,

    /// <summary>Codes of options.</summary>
    Codes,

    /// <summary>A number of one or two octets.</summary>
    Number,

    /// <summary>Hundredths of a second in two octets.</summary>
    Centiseconds,

    /// <summary>Seconds in four octets.</summary>
    Seconds,

    /// <summary>A message.</summary>
    Relay,

    /// <summary>IPv6 addresses.</summary>
    Addresses,

    /// <summary>A status code and a text.</summary>
    Status,

    /// <summary>An enterprise number and opaque octets.</summary>
    Enterprise,

    /// <summary>Domain names, not compressed.</summary>
    Names,

    /// <summary>Text in UTF-8.</summary>
    Text,

    /// <summary>Flags and a name (RFC 4704).</summary>
    DomainName,

    /// <summary>Kinds of firmware.</summary>
    Architecture,

    /// <summary>A kind of link, and an address of it.</summary>
    LinkLayerAddress,
}
