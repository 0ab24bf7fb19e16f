namespace Fathom.Wire.Internet;

/// <summary>The version of the Internet Protocol, with its number on the wire.</summary>
public enum IpVersion : byte
{
    /// <summary>IPv4, RFC 791.</summary>
    V4 = 4,

    /// <summary>IPv6, RFC 8200.</summary>
    V6 = 6,
}
