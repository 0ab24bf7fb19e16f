namespace Fathom.Stack.Tests.Support;

/// <summary>The same randomness from the same seed.</summary>
internal sealed class SeededRandom(int seed) : StackRandom
{
    private readonly Random _random = new(seed);

    public override void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
