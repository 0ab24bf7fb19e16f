namespace Packetdrill.Language;

/// <summary>Which way a packet goes, as seen from the endpoint under test.</summary>
internal enum Direction
{
    /// <summary>"&lt;": the runner injects it.</summary>
    Inbound,

    /// <summary>"&gt;": the endpoint must send it.</summary>
    Outbound,
}
