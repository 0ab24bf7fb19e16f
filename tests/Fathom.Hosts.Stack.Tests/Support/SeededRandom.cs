namespace Fathom.Hosts.Stack.Tests.Support;

/// <summary>The same numbers in every run.</summary>
internal sealed class SeededRandom(int seed) : HostRandom
{
    private readonly Random _random = new(seed);

    public override void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
