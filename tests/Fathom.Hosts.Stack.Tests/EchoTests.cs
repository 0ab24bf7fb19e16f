using Fathom.Contracts;
using Fathom.Hosts.Stack.Tests.Support;

namespace Fathom.Hosts.Stack.Tests;

/// <summary>The contract of ICMP echo, over two stacks.</summary>
public sealed class EchoTests : EchoContract
{
    /// <inheritdoc/>
    protected override IContractWorld CreateWorld() => new PairWorld();
}
