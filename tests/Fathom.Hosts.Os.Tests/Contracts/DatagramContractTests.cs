using Fathom.Contracts;
using Fathom.Hosts.Os.Tests.Support;

namespace Fathom.Hosts.Os.Tests.Contracts;

/// <summary>The contract of UDP, between two namespaces of this system.</summary>
public sealed class DatagramContractTests(RoutedNetwork network) : DatagramContract, IClassFixture<RoutedNetwork>
{
    /// <inheritdoc/>
    protected override IContractWorld CreateWorld() => new OsContractWorld(network);
}
