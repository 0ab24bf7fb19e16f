using Fathom.Contracts;
using Fathom.Hosts.Os.Tests.Support;

namespace Fathom.Hosts.Os.Tests.Contracts;

/// <summary>The contract of TCP, between two namespaces of this system.</summary>
public sealed class StreamContractTests(RoutedNetwork network) : StreamContract, IClassFixture<RoutedNetwork>
{
    /// <inheritdoc/>
    protected override IContractWorld CreateWorld() => new OsContractWorld(network);
}
