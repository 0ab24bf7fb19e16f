using Fathom.Hosts.Link;
using Fathom.Stack.Buffers;
using Fathom.Stack.Events;
using Fathom.Stack.Link;

namespace Fathom.Hosts.Os.Link;

/// <summary>Watches a stack at work, on its thread: an observer that takes long makes the stack slow.</summary>
public interface IStackObserver
{
    /// <summary>A frame came in, before the stack takes it; or goes out, before the device does.</summary>
    /// <param name="at">The interface.</param>
    /// <param name="direction">Received or sent.</param>
    /// <param name="frame">The frame; lent for the call.</param>
    /// <param name="now">When, in the stack's time.</param>
    void OnFrame(NetworkInterface at, FrameDirection direction, PacketBuffer frame, TimeSpan now);

    /// <summary>The stack did or decided something: what follows on a frame comes behind it.</summary>
    /// <param name="happened">What.</param>
    void OnEvent(StackEvent happened);
}
