using Fathom.Contracts;

namespace Fathom.Lab.Tests.Contracts;

/// <summary>The contract of ICMP echo, between two hosts of a lab.</summary>
public sealed class EchoTests : EchoContract
{
    /// <inheritdoc/>
    protected override IContractWorld CreateWorld() => new LabContractWorld();
}
