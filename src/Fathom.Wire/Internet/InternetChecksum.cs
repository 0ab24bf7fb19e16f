using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fathom.Wire.Internet;

/// <summary>
/// The Internet checksum (RFC 1071), computed over pieces in their order. The default value has added nothing.
/// </summary>
public struct InternetChecksum
{
    // Words are added into 64 bits and folded at the end of each piece, so that no carry is lost before 2^32 words.
    private ulong _sum;
    private bool _odd;

    // Octets of one round of the loop over vectors: two of 32.
    private const int VectorStep = 64;

    // With fewer octets, setting vectors up takes as long as adding the words.
    private const int VectorMinimum = 256;

    /// <summary>The checksum for the header field: the complement of the sum.</summary>
    public readonly ushort Value => (ushort)~Fold(_sum);

    /// <summary>True if the bytes added, their checksum field among them, sum to what an intact packet sums to (RFC 1071 §1).</summary>
    public readonly bool IsValid => Fold(_sum) == 0xFFFF;

    /// <summary>Adds bytes; an odd number is continued by the next piece's first byte.</summary>
    /// <param name="bytes">The next bytes.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        var sum = _sum;
        if (_odd)
        {
            sum += bytes[0];
            bytes = bytes[1..];
            _odd = false;
        }

        if (bytes.Length >= VectorMinimum && Vector256.IsHardwareAccelerated)
        {
            var whole = bytes.Length & ~(VectorStep - 1);
            sum += SumVectors(ref MemoryMarshal.GetReference(bytes), (nuint)whole);
            bytes = bytes[whole..];
        }

        while (bytes.Length >= 8)
        {
            var word = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            sum += (word >> 32) + (uint)word;
            bytes = bytes[8..];
        }

        while (bytes.Length >= 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            bytes = bytes[2..];
        }

        if (bytes.Length == 1)
        {
            sum += (uint)bytes[0] << 8;
            _odd = true;
        }

        _sum = Fold(sum);
    }

    /// <summary>Adds the pseudo-header of RFC 9293 §3.1 and RFC 768 (IPv4), or of RFC 8200 §8.1 (IPv6).</summary>
    /// <param name="source">The source address.</param>
    /// <param name="destination">The final destination's address, of the same version.</param>
    /// <param name="protocol">The upper layer's protocol.</param>
    /// <param name="length">Octets of the upper layer's header and data.</param>
    /// <exception cref="ArgumentException">The addresses are of different versions.</exception>
    public void AddPseudoHeader(IpAddress source, IpAddress destination, IpProtocol protocol, int length)
    {
        if (source.Version != destination.Version) throw new ArgumentException("The addresses are of different versions.", nameof(destination));
        ArgumentOutOfRangeException.ThrowIfNegative(length);

        // Every part has an even number of octets, so the sum may take them as numbers.
        _sum += SumOf(source) + SumOf(destination) + (byte)protocol + Fold((uint)length);
    }

    /// <summary>The checksum over bytes whose checksum field is zero.</summary>
    /// <param name="bytes">The bytes.</param>
    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        var checksum = default(InternetChecksum);
        checksum.Add(bytes);
        return checksum.Value;
    }

    /// <summary>True if the bytes, their checksum field among them, are intact.</summary>
    /// <param name="bytes">The bytes.</param>
    public static bool Verify(ReadOnlySpan<byte> bytes)
    {
        var checksum = default(InternetChecksum);
        checksum.Add(bytes);
        return checksum.IsValid;
    }

    /// <summary>True if the first twenty bytes are intact, an IPv4 header without options. The sum of words is right in either byte order (RFC 1071 §2 B).</summary>
    /// <param name="bytes">At least twenty.</param>
    internal static bool VerifyTwenty(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..20];
        var (first, second) = (MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[8..]));
        return Fold((first >> 32) + (uint)first + (second >> 32) + (uint)second + MemoryMarshal.Read<uint>(bytes[16..])) == 0xFFFF;
    }

    /// <summary>The checksum over a pseudo-header and a segment whose checksum field is zero.</summary>
    /// <param name="segment">The upper layer's header and data.</param>
    /// <param name="source">The source address.</param>
    /// <param name="destination">The destination address, of the same version.</param>
    /// <param name="protocol">The upper layer's protocol.</param>
    public static ushort Compute(ReadOnlySpan<byte> segment, IpAddress source, IpAddress destination, IpProtocol protocol)
    {
        var checksum = default(InternetChecksum);
        checksum.AddPseudoHeader(source, destination, protocol, segment.Length);
        checksum.Add(segment);
        return checksum.Value;
    }

    /// <summary>True if a segment, its checksum field included, is intact under its pseudo-header. False for addresses of different versions.</summary>
    /// <param name="segment">The upper layer's header and data.</param>
    /// <param name="source">The source address.</param>
    /// <param name="destination">The destination address.</param>
    /// <param name="protocol">The upper layer's protocol.</param>
    public static bool Verify(ReadOnlySpan<byte> segment, IpAddress source, IpAddress destination, IpProtocol protocol)
    {
        if (source.Version != destination.Version) return false;
        var checksum = default(InternetChecksum);
        checksum.AddPseudoHeader(source, destination, protocol, segment.Length);
        checksum.Add(segment);
        return checksum.IsValid;
    }

    /// <summary>The checksum after one 16-bit word of the packet changed (RFC 1624 §3, equation 3).</summary>
    /// <param name="checksum">The checksum before.</param>
    /// <param name="oldWord">The word before.</param>
    /// <param name="newWord">The word after.</param>
    public static ushort Update(ushort checksum, ushort oldWord, ushort newWord)
        => (ushort)~Fold((ulong)(ushort)~checksum + (ushort)~oldWord + newWord);

    /// <summary>
    /// The sum of whole vectors. Words are added as they lie in memory, and the folded sum is swapped once: the sum does not care for the order of
    /// octets (RFC 1071 §2 B).
    /// </summary>
    /// <param name="start">The first octet.</param>
    /// <param name="length">How many; a multiple of <see cref="VectorStep"/>.</param>
    private static ulong SumVectors(ref byte start, nuint length)
    {
        // A lane of 64 bits takes one word of 32 bits at a time, so that no carry is lost: it could take 2^32 of them, and a span has fewer.
        var mask = Vector256.Create((ulong)uint.MaxValue);
        var (low, high, low2, high2) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero, Vector256<ulong>.Zero, Vector256<ulong>.Zero);
        ref var end = ref Unsafe.AddByteOffset(ref start, length);
        do
        {
            var a = Vector256.LoadUnsafe(ref start).AsUInt64();
            var b = Vector256.LoadUnsafe(ref start, (nuint)Vector256<byte>.Count).AsUInt64();
            low += a & mask;
            high += Vector256.ShiftRightLogical(a, 32);
            low2 += b & mask;
            high2 += Vector256.ShiftRightLogical(b, 32);
            start = ref Unsafe.AddByteOffset(ref start, VectorStep);
        }
        while (Unsafe.IsAddressLessThan(ref start, ref end));

        var sum = low + low2 + high + high2;
        var folded = Fold(Fold(sum.GetElement(0)) + (ulong)Fold(sum.GetElement(1)) + Fold(sum.GetElement(2)) + Fold(sum.GetElement(3)));
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(folded) : folded;
    }

    private static ulong SumOf(IpAddress address)
    {
        var high = (ulong)(address.Value >> 64);
        var low = (ulong)address.Value;
        return (high >> 32) + (uint)high + (low >> 32) + (uint)low;
    }

    private static ushort Fold(ulong sum)
    {
        sum = (sum >> 32) + (uint)sum;
        sum = (sum >> 32) + (uint)sum;
        sum = (sum >> 16) + (ushort)sum;
        sum = (sum >> 16) + (ushort)sum;
        return (ushort)((sum >> 16) + (ushort)sum);
    }
}
