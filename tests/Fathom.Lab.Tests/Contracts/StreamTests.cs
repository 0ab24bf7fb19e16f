using Fathom.Contracts;

namespace Fathom.Lab.Tests.Contracts;

/// <summary>The contract of TCP, between two hosts of a lab.</summary>
public sealed class StreamTests : StreamContract
{
    /// <inheritdoc/>
    protected override IContractWorld CreateWorld() => new LabContractWorld();
}
