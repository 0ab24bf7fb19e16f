namespace Fathom.Wire.Application.Dns;

/// <summary>What a DNS message asks for (IANA "DNS OpCodes"): four bits.</summary>
public enum DnsOpcode : byte
{
    /// <summary>A standard query (RFC 1035 §4.1.1).</summary>
    Query = 0,

    /// <summary>An inverse query; obsolete (RFC 3425).</summary>
    InverseQuery = 1,

    /// <summary>Server status (RFC 1035 §4.1.1).</summary>
    Status = 2,

    /// <summary>A zone has changed (RFC 1996).</summary>
    Notify = 4,

    /// <summary>Dynamic update (RFC 2136).</summary>
    Update = 5,

    /// <summary>DNS Stateful Operations (RFC 8490).</summary>
    Stateful = 6,
}
