using Fathom.Stack;

namespace Packetdrill.Playing;

/// <summary>The same numbers on every run: a script that fails, fails again.</summary>
internal sealed class SeededRandom(int seed) : StackRandom
{
    private readonly Random _random = new(seed);

    public override void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
