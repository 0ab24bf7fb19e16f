namespace Packetdrill.Playing;

/// <summary>How far a call came.</summary>
internal enum CallStatus
{
    Done,

    /// <summary>It blocks: it is tried again when something has changed.</summary>
    Waits,

    /// <summary>There is no such thing here.</summary>
    NotApplicable,
}
