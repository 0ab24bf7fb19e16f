using Fathom.Stack.Buffers;

namespace Fathom.Lab.Link;

/// <summary>Where a lab ends and something else goes on: a device of the system, say.</summary>
public interface IOutsideEnd
{
    /// <summary>Takes what leaves the lab. The buffer is lent: it is the lab's again when this returns. Null: it is lost.</summary>
    Action<PacketBuffer>? Outlet { get; set; }

    /// <summary>Frames or packets that left the lab here.</summary>
    long Left { get; }

    /// <summary>Frames or packets that came into the lab here.</summary>
    long Entered { get; }

    /// <summary>Brings something into the lab, now.</summary>
    /// <param name="frame">From the lab's pool; the lab's from here on.</param>
    void Enter(PacketBuffer frame);
}
