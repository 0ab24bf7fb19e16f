using Fathom.Stack.Events;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>Something that happened on a connection, or to a segment that belongs to none.</summary>
/// <param name="At">When, in the driver's time.</param>
/// <param name="Local">This end.</param>
/// <param name="Remote">The other end.</param>
public abstract record TcpEvent(TimeSpan At, IpEndpoint Local, IpEndpoint Remote) : StackEvent(At)
{
    /// <summary>A segment arrived, before anything was done with it.</summary>
    /// <param name="At">When, in the driver's time.</param>
    /// <param name="Local">This end.</param>
    /// <param name="Remote">The other end.</param>
    /// <param name="Segment">The segment.</param>
    public sealed record Received(TimeSpan At, IpEndpoint Local, IpEndpoint Remote, TcpSegmentSummary Segment) : TcpEvent(At, Local, Remote);

    /// <summary>A segment was handed to the internet layer.</summary>
    /// <param name="At">When, in the driver's time.</param>
    /// <param name="Local">This end.</param>
    /// <param name="Remote">The other end.</param>
    /// <param name="Segment">The segment.</param>
    /// <param name="Why">What it is for, where it is not simply what the application wrote.</param>
    public sealed record Sent(TimeSpan At, IpEndpoint Local, IpEndpoint Remote, TcpSegmentSummary Segment, TcpDecision? Why) : TcpEvent(At, Local, Remote);

    /// <summary>A segment was dropped.</summary>
    /// <param name="At">When, in the driver's time.</param>
    /// <param name="Local">This end.</param>
    /// <param name="Remote">The other end.</param>
    /// <param name="Why">Why.</param>
    public sealed record Dropped(TimeSpan At, IpEndpoint Local, IpEndpoint Remote, TcpDrop Why) : TcpEvent(At, Local, Remote);

    /// <summary>The state changed.</summary>
    /// <param name="At">When, in the driver's time.</param>
    /// <param name="Local">This end.</param>
    /// <param name="Remote">The other end.</param>
    /// <param name="From">The state before.</param>
    /// <param name="To">The state from now on.</param>
    /// <param name="Why">What changed it.</param>
    public sealed record StateChanged(TimeSpan At, IpEndpoint Local, IpEndpoint Remote, TcpState From, TcpState To, TcpStateCause Why) : TcpEvent(At, Local, Remote);

    /// <summary>Something was decided.</summary>
    /// <param name="At">When, in the driver's time.</param>
    /// <param name="Local">This end.</param>
    /// <param name="Remote">The other end.</param>
    /// <param name="Decision">What.</param>
    /// <param name="Sequence">The number that it is about, from the initial one on; null where it is about none.</param>
    /// <param name="Value">A figure: the new congestion window in octets, the new size of segments; 0 where there is none.</param>
    public sealed record Decided(TimeSpan At, IpEndpoint Local, IpEndpoint Remote, TcpDecision Decision, uint? Sequence, long Value) : TcpEvent(At, Local, Remote);

    /// <summary>The connection ended.</summary>
    /// <param name="At">When, in the driver's time.</param>
    /// <param name="Local">This end.</param>
    /// <param name="Remote">The other end.</param>
    /// <param name="Ending">How.</param>
    public sealed record Ended(TimeSpan At, IpEndpoint Local, IpEndpoint Remote, TcpEnding Ending) : TcpEvent(At, Local, Remote);
}
