namespace Fathom.Services.Application.Dns;

/// <summary>What a DNS server does wrong on purpose.</summary>
public enum DnsTrouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It answers SERVFAIL, whatever is asked.</summary>
    ServerFailure,

    /// <summary>It answers REFUSED, whatever is asked. An authoritative server that does so is lame (RFC 9499 §7).</summary>
    Refused,

    /// <summary>It answers that the name does not exist (NXDOMAIN), whatever is asked.</summary>
    NoSuchName,

    /// <summary>It answers that the name exists and has no such record, whatever is asked.</summary>
    NoRecords,

    /// <summary>Each name is an alias of another, which is an alias of the first.</summary>
    AliasLoop,

    /// <summary>Its answers claim more records than they have.</summary>
    Malformed,

    /// <summary>Its answers over UDP are cut (TC), so that the asker has to come again over TCP.</summary>
    Truncated,

    /// <summary>Names that do not exist get the server's own address (RFC 4924 §2.5.2 on what comes of it).</summary>
    Hijacked,

    /// <summary>It answers SERVFAIL as a validating resolver does for a zone whose signatures are wrong, unless the asker turns checking off (RFC 4035 §3.2.2).</summary>
    Bogus,

    /// <summary>It does not answer.</summary>
    Silent,
}
