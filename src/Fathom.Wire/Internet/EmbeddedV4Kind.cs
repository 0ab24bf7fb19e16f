namespace Fathom.Wire.Internet;

/// <summary>How an IPv4 address was put into an IPv6 one.</summary>
public enum EmbeddedV4Kind
{
    /// <summary>::ffff:0:0/96: IPv4 on an IPv6 socket, never on the wire (RFC 4291 §2.5.5.2).</summary>
    Mapped,

    /// <summary>2002::/16: IPv6 in IPv4 between sites (RFC 3056), given up (RFC 7526).</summary>
    SixToFour,

    /// <summary>64:ff9b::/96: an IPv4 host as IPv6-only hosts reach it (RFC 6052).</summary>
    Nat64,

    /// <summary>2001::/32: IPv6 in UDP through NATs (RFC 4380).</summary>
    Teredo,
}
