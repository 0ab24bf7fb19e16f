namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>How far data is believed, by where it stood (RFC 2181 §5.4.1). Data never replaces better data that is still alive.</summary>
public enum DnsCredibility
{
    /// <summary>Glue and other additional data: good enough to find a server, never an answer.</summary>
    Additional = 0,

    /// <summary>The NS records of a referral: the parent's word about its child.</summary>
    Referral,

    /// <summary>The answer of a server that does not claim authority.</summary>
    AnswerWithoutAuthority,

    /// <summary>An authoritative answer.</summary>
    Answer,
}
