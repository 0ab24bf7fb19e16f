namespace Fathom.Diagnosis.Application.Dns;

/// <summary>How a server stands to a zone that is delegated to it.</summary>
internal enum ZoneService
{
    /// <summary>Nothing that was seen says that it does not serve the zone.</summary>
    Served,

    /// <summary>It says itself that it does not serve the zone: it refuses questions for it, refers elsewhere, or answers without authority (RFC 9499 §7, RFC 1912 §2.8).</summary>
    NotServed,

    /// <summary>It answers SERVFAIL to questions for this zone and not to others: what servers do with a zone of their configuration that they could not load, or that has expired.</summary>
    Unloaded,

    /// <summary>Its host answers that nothing listens on the port.</summary>
    Closed,

    /// <summary>No answer came, while a server of the zone above answers this machine.</summary>
    Silent,

    /// <summary>It fails whatever is asked: the server is broken, and that says nothing of the zone.</summary>
    Failing,

    /// <summary>It could not be learned.</summary>
    Unknown,
}
