using Fathom.Stack;

namespace Luck;

/// <summary>Randomness of a stack, the same for the same seed.</summary>
internal sealed class SeededRandom(int seed) : StackRandom
{
    private readonly Random _random = new(seed);

    public override void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
