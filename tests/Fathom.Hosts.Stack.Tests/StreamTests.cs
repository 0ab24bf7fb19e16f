using Fathom.Contracts;
using Fathom.Hosts.Stack.Tests.Support;

namespace Fathom.Hosts.Stack.Tests;

/// <summary>The contract of TCP, over two stacks.</summary>
public sealed class StreamTests : StreamContract
{
    /// <inheritdoc/>
    protected override IContractWorld CreateWorld() => new PairWorld();
}
