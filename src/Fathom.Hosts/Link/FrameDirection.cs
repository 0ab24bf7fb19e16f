namespace Fathom.Hosts.Link;

/// <summary>Which way a frame went, seen from the capturing host.</summary>
public enum FrameDirection
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>To this host.</summary>
    Received,

    /// <summary>From this host.</summary>
    Sent,

    /// <summary>Between others; seen in passing.</summary>
    Overheard,
}
