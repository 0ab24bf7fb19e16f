using Fathom.Stack.Link;

namespace Fathom.Stack.Tests.Support;

/// <summary>A wire on a virtual clock: a frame that one port sends arrives at all others, after the same delay, in order. Frames are kept, to be looked at.</summary>
internal sealed class VirtualWire
{
    private readonly List<WirePort> _ports = [];
    private readonly PriorityQueue<WireFrame, (TimeSpan At, long Order)> _flying = new();
    private long _order;

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1000);

    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Frames that were sent, lost ones too.</summary>
    public List<WireFrame> Frames { get; } = [];

    /// <summary>Which frames get lost.</summary>
    public Func<WireFrame, bool> Loses { get; set; } = static _ => false;

    public WirePort Plug(NetworkStack stack, NetworkInterface port)
    {
        var plugged = new WirePort(stack, port);
        _ports.Add(plugged);
        return plugged;
    }

    /// <summary>Puts a frame on the wire as if a port had sent it; null: somebody who is no port.</summary>
    public void Inject(byte[] bytes, WirePort? from = null)
    {
        var frame = new WireFrame(Now, from!, bytes);
        Frames.Add(frame);
        if (!Loses(frame)) _flying.Enqueue(frame, (Now + Delay, _order++));
    }

    /// <summary>Runs for a time.</summary>
    public void Run(TimeSpan span)
    {
        var end = Now + span;
        Collect();
        while (Next() is { } next && next <= end)
        {
            if (next > Now) Now = next;
            while (_flying.TryPeek(out var frame, out var due) && due.At <= Now)
            {
                _flying.Dequeue();
                foreach (var port in _ports)
                {
                    if (port != frame.From) Give(port, frame.Bytes);
                }

                Collect();
            }

            foreach (var stack in Stacks())
            {
                if (stack.Deadline <= Now) stack.HandleDeadline(Now);
            }

            Collect();
        }

        Now = end;
        Collect();
    }

    public void Run(double seconds) => Run(TimeSpan.FromSeconds(seconds));

    private void Give(WirePort port, byte[] bytes)
    {
        var buffer = port.Stack.Pool.Rent(bytes.Length);
        bytes.CopyTo(buffer.Append(bytes.Length));
        port.Stack.Receive(port.Interface, buffer, Now);
    }

    private void Collect()
    {
        foreach (var port in _ports)
        {
            while (port.Stack.TryTransmit(port.Interface, Now, out var frame))
            {
                Inject(frame.Span.ToArray(), port);
                port.Stack.Pool.Return(frame);
            }
        }
    }

    private TimeSpan? Next()
    {
        TimeSpan? next = _flying.TryPeek(out _, out var due) ? due.At : null;
        foreach (var stack in Stacks())
        {
            if (stack.Deadline is { } at && (next is null || at < next)) next = at;
        }

        return next;
    }

    private IEnumerable<NetworkStack> Stacks() => _ports.Select(static p => p.Stack).Distinct();
}
