namespace Fathom.Wire.Application.Dns;

/// <summary>A DNS class (IANA "DNS CLASSes"). Values without a name here are valid too.</summary>
public enum DnsClass : ushort
{
    /// <summary>Reserved (RFC 6895 §3.2).</summary>
    Reserved = 0,

    /// <summary>IN, the Internet (RFC 1035 §3.2.4).</summary>
    Internet = 1,

    /// <summary>CH, Chaosnet: today the servers' own facts, as version.bind.</summary>
    Chaos = 3,

    /// <summary>HS, Hesiod.</summary>
    Hesiod = 4,

    /// <summary>NONE, in update messages (RFC 2136 §2.4).</summary>
    None = 254,

    /// <summary>ANY, in questions and update messages (RFC 1035 §3.2.5).</summary>
    Any = 255,
}
