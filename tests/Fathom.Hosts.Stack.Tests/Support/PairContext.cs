namespace Fathom.Hosts.Stack.Tests.Support;

/// <summary>Posts into a <see cref="PairWorld"/>.</summary>
internal sealed class PairContext(PairWorld world) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => world.Post(argument => d(argument), state);

    public override SynchronizationContext CreateCopy() => this;
}
