using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>A group on an interface, and what routers are still to be told of it.</summary>
internal sealed class GroupMember(IpAddress group)
{
    public IpAddress Group { get; } = group;

    /// <summary>The host has left; the entry lives until that was told.</summary>
    public bool IsLeft { get; set; }

    /// <summary>How often the latest change is still to be told.</summary>
    public int ChangesLeft { get; set; }

    /// <summary>When it is told next.</summary>
    public TimeSpan? ChangeAt { get; set; }

    /// <summary>When a query about it is answered.</summary>
    public TimeSpan? AnswerAt { get; set; }

    /// <summary>This host was the last to report it, so that its leaving matters to routers of the older protocol (RFC 2236 §6).</summary>
    public bool WasReported { get; set; }
}
