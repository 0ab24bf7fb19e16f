using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Link;
using Fathom.Stack.Buffers;
using Fathom.Stack.Events;
using Fathom.Stack.Link;

namespace Fathom.Hosts.Os.Tests.Support;

/// <summary>Waits for events of a stack.</summary>
internal sealed class EventWatch : IStackObserver
{
    private readonly Lock _gate = new();
    private readonly List<StackEvent> _seen = [];
    private readonly List<(Func<StackEvent, bool> Wanted, TaskCompletionSource<StackEvent> Found)> _waiting = [];

    /// <summary>The first event, past or to come, that is wanted.</summary>
    public Task<StackEvent> ForAsync(Func<StackEvent, bool> wanted)
    {
        lock (_gate)
        {
            if (_seen.Find(e => wanted(e)) is { } seen) return Task.FromResult(seen);
            var found = new TaskCompletionSource<StackEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, found));
            return found.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void OnFrame(NetworkInterface at, FrameDirection direction, PacketBuffer frame, TimeSpan now)
    {
        // Events say enough here.
    }

    public void OnEvent(StackEvent happened)
    {
        lock (_gate)
        {
            _seen.Add(happened);
            foreach (var (_, found) in _waiting.Where(w => w.Wanted(happened))) found.TrySetResult(happened);
        }
    }
}
