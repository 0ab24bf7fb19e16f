using Fathom.Stack.Buffers;
using Fathom.Stack.Link;

namespace Fathom.Hosts.Stack;

/// <summary>
/// Whoever drives the stack of a <see cref="StackHost"/>: it has the clock, brings and takes frames, and runs what awaits. After each use of the stack it asks
/// for frames to transmit, for sockets that are ready (<see cref="StackHost.TakeReady"/>), and for the next deadline. The stack's time is
/// <see cref="StackTime.Now"/> of <see cref="Time"/>.
/// </summary>
public interface IStackDriver
{
    /// <summary>The clock that the stack is told the time of, real or virtual.</summary>
    TimeProvider Time { get; }

    /// <summary>Held by whoever uses the stack, the driver included. The driver holds it for no longer than a batch, and never while it runs what was posted.</summary>
    Lock Gate { get; }

    /// <summary>Where code runs that awaits the host: what it posts there, the driver runs, one after the other.</summary>
    SynchronizationContext Context { get; }

    /// <summary>
    /// True: there is no thread but the driver's, so that a continuation which asked for no context runs there too. False: it goes to the thread pool.
    /// </summary>
    bool IsSingleThreaded { get; }

    /// <summary>Runs an action soon, with <see cref="Context"/> as the current one, after those posted before. From any thread, with the gate held or not.</summary>
    /// <param name="action">What to do.</param>
    /// <param name="state">What to give it.</param>
    void Post(Action<object?> action, object? state);

    /// <summary>Says that the stack has been used and may have something to transmit, or another deadline. From any thread, with the gate held or not.</summary>
    void Wake();

    /// <summary>Sends a frame as it is, behind those that the driver holds already. Called with the gate held.</summary>
    /// <param name="through">The interface.</param>
    /// <param name="frame">The frame; the driver returns it to the stack's pool.</param>
    void SendFrame(NetworkInterface through, PacketBuffer frame);
}
