using Fathom.Hosts.Stack;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;

namespace Fathom.Lab;

/// <summary>Drives one host's stack by the lab's events.</summary>
internal sealed class LabDriver(Lab lab, TimeProvider time) : IStackDriver
{
    public LabHost? Host { get; set; }

    public TimeProvider Time { get; } = time;

    public Lock Gate { get; } = new();

    public SynchronizationContext Context => lab.Context;

    public bool IsSingleThreaded => true;

    public void Post(Action<object?> action, object? state) => lab.Context.Post(new SendOrPostCallback(action), state);

    public void Wake() => Host?.Use();

    public void SendFrame(NetworkInterface through, PacketBuffer frame) => Host?.SendRaw(through, frame);
}
