using Fathom.Contracts;
using Fathom.Hosts.Os.Tests.Support;

namespace Fathom.Hosts.Os.Tests.Contracts;

/// <summary>The contract of ICMP echo, between two namespaces of this system.</summary>
public sealed class EchoContractTests(RoutedNetwork network) : EchoContract, IClassFixture<RoutedNetwork>
{
    /// <inheritdoc/>
    protected override IContractWorld CreateWorld() => new OsContractWorld(network);
}
