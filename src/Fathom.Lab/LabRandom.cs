using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Fathom.Hosts;

namespace Fathom.Lab;

/// <summary>
/// A stream of randomness that a seed and a name decide (xoshiro256**, Blackman and Vigna 2018). Each link and each host has its own, so that a new one does not change
/// another's luck.
/// </summary>
internal sealed class LabRandom : HostRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Begins a stream.</summary>
    /// <param name="seed">The lab's seed.</param>
    /// <param name="name">Whose stream it is.</param>
    public LabRandom(ulong seed, string name)
    {
        // FNV-1a of the name, then SplitMix64 as the generator's authors advise for its start.
        var state = seed ^ 0xCBF2_9CE4_8422_2325;
        Span<byte> octets = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(name, octets, out var length)) length = (octets = Encoding.UTF8.GetBytes(name)).Length;
        foreach (var octet in octets[..length]) state = (state ^ octet) * 0x0000_0100_0000_01B3;
        _s0 = Split(ref state);
        _s1 = Split(ref state);
        _s2 = Split(ref state);
        _s3 = Split(ref state);
    }

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>True with a probability in parts of 2^32: integers, so that luck is the same on every machine.</summary>
    public bool Happens(uint probability) => probability != 0 && (uint)(Next() >> 32) < probability;

    /// <summary>A number from 0 to <paramref name="inclusive"/>.</summary>
    public long NextUpTo(long inclusive) => inclusive <= 0 ? 0 : (long)(((UInt128)Next() * ((ulong)inclusive + 1)) >> 64);

    /// <inheritdoc/>
    public override void Fill(Span<byte> destination)
    {
        while (destination.Length >= 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination, Next());
            destination = destination[8..];
        }

        if (destination.IsEmpty) return;
        Span<byte> rest = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(rest, Next());
        rest[..destination.Length].CopyTo(destination);
    }

    private static ulong Split(ref ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
