using Fathom.Hosts;
using Org.BouncyCastle.Crypto.Prng;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Gives a host's randomness to BouncyCastle. Seed material is ignored: the host's source needs none, and in the lab it must not change.</summary>
internal sealed class HostRandomGenerator(HostRandom random) : IRandomGenerator
{
    public void AddSeedMaterial(byte[] seed)
    {
    }

    public void AddSeedMaterial(ReadOnlySpan<byte> seed)
    {
    }

    public void AddSeedMaterial(long seed)
    {
    }

    public void NextBytes(byte[] bytes) => random.Fill(bytes);

    public void NextBytes(byte[] bytes, int start, int len) => random.Fill(bytes.AsSpan(start, len));

    public void NextBytes(Span<byte> bytes) => random.Fill(bytes);
}
