using Fathom.Stack;

namespace Fathom.Testing;

/// <summary>A stack's randomness, the same from the same seed: what fails, fails again.</summary>
internal sealed class SeededRandom(int seed) : StackRandom
{
    private readonly Random _random = new(seed);

    public override void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
