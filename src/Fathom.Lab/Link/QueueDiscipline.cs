namespace Fathom.Lab.Link;

/// <summary>How a link's queue is kept short.</summary>
public enum QueueDiscipline : byte
{
    /// <summary>What does not fit is dropped at the end.</summary>
    DropTail,

    /// <summary>Frames that waited too long for too long are dropped at the front (RFC 8289), or marked where the packet can carry a mark (RFC 3168).</summary>
    CoDel,
}
