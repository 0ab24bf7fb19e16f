using System.Buffers.Binary;

namespace Fuzz;

/// <summary>Changes octets at random, as AFL's havoc stage does. The same seed makes the same changes.</summary>
internal sealed class Mutator(int seed)
{
    /// <summary>No input grows beyond this: what is longer takes time and reaches nothing new.</summary>
    internal const int MaxLength = 512;

    // Numbers at which length fields and counters turn over.
    private static readonly uint[] Interesting = [0, 1, 2, 3, 4, 7, 8, 15, 16, 20, 32, 60, 63, 64, 127, 128, 255, 256, 512, 1500, 1501, 1536, 32767, 32768, 65535, 65536, int.MaxValue, uint.MaxValue];

    private readonly Random _random = new(seed);

    internal int Next(int below) => _random.Next(below);

    /// <summary>A changed copy; parts of another input may come in.</summary>
    internal byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        for (var changes = 1 << _random.Next(5); changes > 0; changes--) Change(bytes, other);
        if (bytes.Count > MaxLength) bytes.RemoveRange(MaxLength, bytes.Count - MaxLength);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        if (bytes.Count == 0) bytes.Add((byte)_random.Next(256));
        var at = _random.Next(bytes.Count);
        switch (_random.Next(10))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes[at] += (byte)(_random.Next(35) - 17);
                break;
            case 3:
                bytes[at] = (byte)Interesting[_random.Next(Interesting.Length)];
                break;
            case 4:
                Put(bytes, at, _random.Next(2) == 0 ? 2 : 4);
                break;
            case 5:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + _random.Next(16)));
                break;
            case 6:
                bytes.InsertRange(at, Enumerable.Range(0, 1 + _random.Next(16)).Select(_ => (byte)_random.Next(256)).ToArray());
                break;
            case 7:
                bytes.InsertRange(at, Slice([.. bytes]));
                break;
            case 8 when other.Length > 0:
                bytes.InsertRange(at, Slice(other));
                break;
            case 9 when other.Length > 0:
                var part = Slice(other);
                for (var i = 0; i < part.Length && at + i < bytes.Count; i++) bytes[at + i] = part[i];
                break;
        }
    }

    private void Put(List<byte> bytes, int at, int length)
    {
        if (at + length > bytes.Count) return;
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, Interesting[_random.Next(Interesting.Length)]);
        number = number[(4 - length)..];
        if (_random.Next(4) == 0) number.Reverse();
        for (var i = 0; i < length; i++) bytes[at + i] = number[i];
    }

    private byte[] Slice(byte[] bytes)
    {
        var at = _random.Next(bytes.Length);
        return bytes[at..Math.Min(bytes.Length, at + 1 + _random.Next(32))];
    }
}
