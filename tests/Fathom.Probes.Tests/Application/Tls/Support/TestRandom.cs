using System.Security.Cryptography;
using Fathom.Hosts;

namespace Fathom.Probes.Tests.Application.Tls.Support;

/// <summary>Cryptographic without a seed, repeatable with one.</summary>
internal sealed class TestRandom(ulong? seed = null) : HostRandom
{
    private readonly Lock _lock = new();
    private ulong _state = seed ?? 0;

    public override void Fill(Span<byte> destination)
    {
        if (seed is null)
        {
            RandomNumberGenerator.Fill(destination);
            return;
        }

        lock (_lock)
        {
            foreach (ref var octet in destination)
            {
                // SplitMix64.
                _state += 0x9E3779B97F4A7C15;
                var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                octet = (byte)(z ^ (z >> 31));
            }
        }
    }
}
