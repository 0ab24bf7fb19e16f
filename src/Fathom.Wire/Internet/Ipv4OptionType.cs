namespace Fathom.Wire.Internet;

/// <summary>IPv4 option types: the IANA registry's values, copy flag and class included (RFC 791 §3.1).</summary>
public enum Ipv4OptionType : byte
{
    /// <summary>End of option list, RFC 791.</summary>
    EndOfList = 0,

    /// <summary>No operation, RFC 791.</summary>
    NoOperation = 1,

    /// <summary>Record route, RFC 791.</summary>
    RecordRoute = 7,

    /// <summary>Internet timestamp, RFC 791.</summary>
    Timestamp = 68,

    /// <summary>Traceroute, RFC 1393 (deprecated).</summary>
    Traceroute = 82,

    /// <summary>Security, RFC 1108.</summary>
    Security = 130,

    /// <summary>Loose source and record route, RFC 791.</summary>
    LooseSourceRoute = 131,

    /// <summary>Commercial IP security option, FIPS 188.</summary>
    CommercialSecurity = 134,

    /// <summary>Stream identifier, RFC 791 (deprecated by RFC 6814).</summary>
    StreamId = 136,

    /// <summary>Strict source and record route, RFC 791.</summary>
    StrictSourceRoute = 137,

    /// <summary>Router alert, RFC 2113.</summary>
    RouterAlert = 148,
}
