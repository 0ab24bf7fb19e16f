namespace Fathom.Lab.Link;

/// <summary>Why a link dropped a frame.</summary>
public enum FrameDrop : byte
{
    /// <summary>The cable is pulled.</summary>
    LinkDown,

    /// <summary>Chance.</summary>
    Lost,

    /// <summary>It is larger than the link carries.</summary>
    TooLarge,

    /// <summary>The queue was full.</summary>
    QueueFull,

    /// <summary>The queue was too slow (CoDel).</summary>
    QueueSlow,

    /// <summary>No cable is in the port.</summary>
    Unplugged,
}
