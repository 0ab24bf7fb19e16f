namespace Fathom.Wire.Transport;

/// <summary>What a multipath TCP option says: the IANA registry's subtypes (RFC 8684 §8).</summary>
public enum MultipathSubtype : byte
{
    /// <summary>The connection may use several paths, RFC 8684 §3.1.</summary>
    Capable = 0,

    /// <summary>Another path of a connection, RFC 8684 §3.2.</summary>
    Join = 1,

    /// <summary>Data sequence signal: where this path's data belongs, RFC 8684 §3.3.</summary>
    DataSequence = 2,

    /// <summary>One more address of the sender, RFC 8684 §3.4.1.</summary>
    AddAddress = 3,

    /// <summary>Addresses that are no longer the sender's, RFC 8684 §3.4.2.</summary>
    RemoveAddress = 4,

    /// <summary>This path is for when others fail, or is so no longer, RFC 8684 §3.3.8.</summary>
    Priority = 5,

    /// <summary>Back to one path, since somebody changed the data on the way, RFC 8684 §3.7.</summary>
    Fail = 6,

    /// <summary>The whole connection is reset, RFC 8684 §3.5.</summary>
    FastClose = 7,

    /// <summary>Why this path is reset, RFC 8684 §3.6.</summary>
    Reset = 8,

    /// <summary>For experiments, RFC 8684 §8.</summary>
    Experiment = 15,
}
