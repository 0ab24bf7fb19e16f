namespace Fathom.Wire.Application.Dns;

/// <summary>
/// The extended response code, 12 bits: the header's four, and above them the eight of the OPT record
/// (RFC 6891 §6.1.3). The names are IANA's.
/// </summary>
public enum DnsResponseCode : ushort
{
    /// <summary>NOERROR: no error (RFC 1035 §4.1.1).</summary>
    NoError = 0,

    /// <summary>FORMERR: the server could not read the query (RFC 1035 §4.1.1).</summary>
    FormErr = 1,

    /// <summary>SERVFAIL: the server failed (RFC 1035 §4.1.1).</summary>
    ServFail = 2,

    /// <summary>NXDOMAIN: the name does not exist (RFC 1035 §4.1.1, RFC 8020).</summary>
    NXDomain = 3,

    /// <summary>NOTIMP: the server does not support this kind of query (RFC 1035 §4.1.1).</summary>
    NotImp = 4,

    /// <summary>REFUSED: the server refuses by policy (RFC 1035 §4.1.1).</summary>
    Refused = 5,

    /// <summary>YXDOMAIN: the name exists when it should not (RFC 2136 §2.2).</summary>
    YXDomain = 6,

    /// <summary>YXRRSET: the set of records exists when it should not (RFC 2136 §2.2).</summary>
    YXRrSet = 7,

    /// <summary>NXRRSET: the set of records that should exist does not (RFC 2136 §2.2).</summary>
    NXRrSet = 8,

    /// <summary>NOTAUTH: not authoritative for the zone, or not authorized (RFC 2136 §2.2, RFC 8945 §5.3.2).</summary>
    NotAuth = 9,

    /// <summary>NOTZONE: a name is not inside the zone (RFC 2136 §2.2).</summary>
    NotZone = 10,

    /// <summary>DSOTYPENI: DSO type not implemented (RFC 8490 §10.2).</summary>
    DsoTypeNotImplemented = 11,

    /// <summary>BADVERS: the EDNS version is not supported (RFC 6891 §9); in TSIG the same number is BADSIG.</summary>
    BadVers = 16,

    /// <summary>BADKEY: the key is not known (RFC 8945 §3).</summary>
    BadKey = 17,

    /// <summary>BADTIME: the signature is out of the time window (RFC 8945 §3).</summary>
    BadTime = 18,

    /// <summary>BADMODE: bad TKEY mode (RFC 2930 §2.6).</summary>
    BadMode = 19,

    /// <summary>BADNAME: duplicate key name (RFC 2930 §2.6).</summary>
    BadName = 20,

    /// <summary>BADALG: algorithm not supported (RFC 2930 §2.6).</summary>
    BadAlg = 21,

    /// <summary>BADTRUNC: bad truncation (RFC 8945 §3).</summary>
    BadTrunc = 22,

    /// <summary>BADCOOKIE: the server cookie is bad or missing (RFC 7873 §8).</summary>
    BadCookie = 23,
}
