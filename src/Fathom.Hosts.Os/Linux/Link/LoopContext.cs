namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>The context of what runs on a <see cref="StackLoop"/>'s thread.</summary>
internal sealed class LoopContext(StackLoop loop) : SynchronizationContext
{
    private static readonly Action<object?> Run = static state =>
    {
        var (callback, argument) = ((SendOrPostCallback, object?))state!;
        callback(argument);
    };

    public override void Post(SendOrPostCallback d, object? state) => loop.Post(Run, (d, state));

    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (!loop.IsOnThread) throw new NotSupportedException("Nothing may wait for the thread of a stack.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
