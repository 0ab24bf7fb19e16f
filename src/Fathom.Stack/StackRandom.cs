using System.Buffers.Binary;

namespace Fathom.Stack;

/// <summary>Where a stack takes its randomness from: keys of its hashes, identifiers. Cryptographic on an operating system, seeded in the lab.</summary>
public abstract class StackRandom
{
    /// <summary>Fills the span.</summary>
    /// <param name="destination">What to fill.</param>
    public abstract void Fill(Span<byte> destination);

    /// <summary>A number of 32 bits.</summary>
    public uint NextUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>A number of 64 bits.</summary>
    public ulong NextUInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>A number from 0 to <paramref name="exclusive"/> - 1, without bias.</summary>
    /// <param name="exclusive">The upper bound, at least 1.</param>
    public uint NextUInt32(uint exclusive)
    {
        ArgumentOutOfRangeException.ThrowIfZero(exclusive);
        var limit = uint.MaxValue - (uint.MaxValue % exclusive);
        while (true)
        {
            var value = NextUInt32();
            if (value < limit) return value % exclusive;
        }
    }
}
