using Fathom.Stack;

namespace Fathom.Hosts.Stack;

/// <summary>A host's randomness, for its stack.</summary>
/// <param name="random">The host's.</param>
public sealed class HostStackRandom(HostRandom random) : StackRandom
{
    /// <inheritdoc/>
    public override void Fill(Span<byte> destination) => random.Fill(destination);
}
