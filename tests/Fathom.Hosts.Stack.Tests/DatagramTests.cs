using Fathom.Contracts;
using Fathom.Hosts.Stack.Tests.Support;

namespace Fathom.Hosts.Stack.Tests;

/// <summary>The contract of UDP, over two stacks.</summary>
public sealed class DatagramTests : DatagramContract
{
    /// <inheritdoc/>
    protected override IContractWorld CreateWorld() => new PairWorld();
}
