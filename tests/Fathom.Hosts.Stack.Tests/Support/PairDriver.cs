using Fathom.Hosts.Link;
using Fathom.Stack;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;

namespace Fathom.Hosts.Stack.Tests.Support;

/// <summary>Drives one of the two stacks of a <see cref="PairWorld"/>, on its virtual clock.</summary>
internal sealed class PairDriver : IStackDriver
{
    private readonly PairWorld _world;
    private readonly NetworkStack _stack;
    private readonly Queue<PacketBuffer> _raw = new();
    private StackHost? _host;

    public PairDriver(PairWorld world, NetworkStack stack)
    {
        _world = world;
        _stack = stack;
    }

    public TimeProvider Time => _world.Time;

    public Lock Gate { get; } = new();

    public SynchronizationContext Context => _world.Context;

    public bool IsSingleThreaded => true;

    public NetworkInterface Interface { get; private set; } = null!;

    public TimeSpan? Deadline => _stack.Deadline;

    /// <summary>The other end of the wire.</summary>
    public PairDriver Peer { get; set; } = null!;

    /// <summary>How many times the stack was said to have been used.</summary>
    public int Wakes { get; private set; }

    public void Attach(StackHost host, NetworkInterface through)
    {
        _host = host;
        Interface = through;
    }

    public void Post(Action<object?> action, object? state) => _world.Post(action, state);

    public void Wake() => Wakes++;

    public void SendFrame(NetworkInterface through, PacketBuffer frame) => _raw.Enqueue(frame);

    /// <summary>Does what is due, and takes what the stack has to send. False where there was nothing.</summary>
    public bool Turn()
    {
        var now = StackTime.Now(Time);
        var didSomething = false;
        lock (Gate)
        {
            if (_stack.Deadline <= now)
            {
                _stack.HandleDeadline(now);
                didSomething = true;
            }

            _host!.TakeReady();
            while (TryTake(now, out var frame))
            {
                didSomething = true;
                _host.ShowFrame(Interface, FrameDirection.Sent, frame!);
                _world.Carry(frame!, Peer);
            }

            _host.TakeReady();
        }

        return didSomething;
    }

    public void Receive(PacketBuffer frame)
    {
        lock (Gate)
        {
            _host!.ShowFrame(Interface, FrameDirection.Received, frame);
            _stack.Receive(Interface, frame, StackTime.Now(Time));
        }
    }

    private bool TryTake(TimeSpan now, out PacketBuffer? frame) => _raw.TryDequeue(out frame) || _stack.TryTransmit(Interface, now, out frame);
}
