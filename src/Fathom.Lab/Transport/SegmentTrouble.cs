namespace Fathom.Lab.Transport;

/// <summary>What is done to the segments of connections that are open.</summary>
public enum SegmentTrouble : byte
{
    /// <summary>Data vanishes, so that the connection stands still.</summary>
    Stall,

    /// <summary>The first data is answered with a RST.</summary>
    Reset,
}
