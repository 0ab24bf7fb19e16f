namespace Packetdrill.Language;

/// <summary>How an event says when it happens.</summary>
internal enum TimeKind
{
    /// <summary>Since the start of the script.</summary>
    Absolute,

    /// <summary>Since the event before.</summary>
    Relative,

    /// <summary>"*": whenever it happens.</summary>
    Any,
}
