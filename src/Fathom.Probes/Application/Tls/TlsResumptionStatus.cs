namespace Fathom.Probes.Application.Tls;

/// <summary>Whether a server goes on with an earlier session.</summary>
public enum TlsResumptionStatus
{
    /// <summary>The server gave nothing to go on with: no ticket, no session id.</summary>
    NotOffered,

    /// <summary>It went on: the next handshake needs no certificate and less work.</summary>
    Resumed,

    /// <summary>It took the connection and began anew, as it may.</summary>
    BeganAnew,

    /// <summary>It gave no such answer: an alert, the end, silence.</summary>
    NoAnswer,
}
