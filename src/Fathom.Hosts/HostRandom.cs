using System.Buffers.Binary;

namespace Fathom.Hosts;

/// <summary>A host's source of randomness: cryptographic on the operating system, seeded in the lab. Safe for concurrent use.</summary>
public abstract class HostRandom
{
    /// <summary>Fills the span.</summary>
    /// <param name="destination">What to fill.</param>
    public abstract void Fill(Span<byte> destination);

    /// <summary>A number from 0 to 65535: message ids, sequence numbers.</summary>
    public ushort NextUInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    /// <summary>A number from 0 to <paramref name="exclusive"/> - 1, without bias.</summary>
    /// <param name="exclusive">The upper bound, at least 1.</param>
    public uint NextUInt32(uint exclusive)
    {
        ArgumentOutOfRangeException.ThrowIfZero(exclusive);
        Span<byte> bytes = stackalloc byte[4];
        var limit = uint.MaxValue - (uint.MaxValue % exclusive);
        while (true)
        {
            Fill(bytes);
            var value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            if (value < limit) return value % exclusive;
        }
    }
}
