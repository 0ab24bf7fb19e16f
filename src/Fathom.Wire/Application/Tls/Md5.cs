using System.Buffers.Binary;
using System.Numerics;

namespace Fathom.Wire.Application.Tls;

/// <summary>
/// MD5 (RFC 1321), for the fingerprints that are defined with it and for nothing that must be safe. The BCL's loads OpenSSL on Linux, and a
/// browser has none.
/// </summary>
internal static class Md5
{
    /// <summary>Octets of a hash.</summary>
    internal const int HashLength = 16;

    private const int BlockLength = 64;

    private static ReadOnlySpan<byte> Shifts => [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

    // RFC 1321 §3.4: the integer part of 2^32 times abs(sin(i)).
    private static readonly uint[] Table = [.. Enumerable.Range(1, 64).Select(static i => (uint)(Math.Abs(Math.Sin(i)) * 4294967296.0))];

    /// <summary>Hashes.</summary>
    /// <param name="message">The octets.</param>
    /// <param name="hash">Takes 16 octets.</param>
    internal static void Hash(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        Span<uint> state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476];
        var rest = message;
        for (; rest.Length >= BlockLength; rest = rest[BlockLength..]) Step(state, rest[..BlockLength]);

        // RFC 1321 §3.1 and §3.2: a one bit, zeros, and the length in bits.
        Span<byte> tail = stackalloc byte[2 * BlockLength];
        tail.Clear();
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        var length = rest.Length < BlockLength - 8 ? BlockLength : 2 * BlockLength;
        BinaryPrimitives.WriteUInt64LittleEndian(tail[(length - 8)..], 8 * (ulong)message.Length);
        for (var at = 0; at < length; at += BlockLength) Step(state, tail.Slice(at, BlockLength));
        for (var i = 0; i < state.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(hash[(4 * i)..], state[i]);
    }

    private static void Step(Span<uint> state, ReadOnlySpan<byte> block)
    {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        for (var i = 0; i < Table.Length; i++)
        {
            var (f, word) = (i / 16) switch
            {
                0 => ((b & c) | (~b & d), i),
                1 => ((d & b) | (~d & c), (5 * i) + 1),
                2 => (b ^ c ^ d, (3 * i) + 5),
                _ => (c ^ (b | ~d), 7 * i),
            };
            var sum = a + f + Table[i] + BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * (word % 16))..]);
            (a, d, c, b) = (d, c, b, b + BitOperations.RotateLeft(sum, Shifts[(4 * (i / 16)) + (i % 4)]));
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
