using Fathom.Contracts;

namespace Fathom.Lab.Tests.Contracts;

/// <summary>The contract of UDP, between two hosts of a lab.</summary>
public sealed class DatagramTests : DatagramContract
{
    /// <inheritdoc/>
    protected override IContractWorld CreateWorld() => new LabContractWorld();
}
