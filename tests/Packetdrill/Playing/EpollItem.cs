namespace Packetdrill.Playing;

/// <summary>One descriptor in an epoll set.</summary>
internal sealed class EpollItem
{
    public required long Descriptor { get; init; }

    public required ScriptSocket Socket { get; init; }

    /// <summary>The events asked for, with the flags.</summary>
    public long Events { get; set; }

    /// <summary>The value that the script ties to it.</summary>
    public long Data { get; set; }

    /// <summary>Edge-triggered: something has happened since it was told last.</summary>
    public bool IsNews { get; set; } = true;

    /// <summary>What was there when it was looked at last.</summary>
    public long Received { get; set; }

    public bool WasEnded { get; set; }
}
