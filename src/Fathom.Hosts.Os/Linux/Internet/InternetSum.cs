using System.Buffers.Binary;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>The Internet checksum (RFC 1071).</summary>
internal static class InternetSum
{
    /// <summary>The checksum of the octets, the field itself being zero.</summary>
    public static ushort Checksum(ReadOnlySpan<byte> bytes) => Finish(Add(0, bytes));

    /// <summary>Adds 16-bit words; an odd octet is padded with zero.</summary>
    public static ulong Add(ulong sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 2; bytes = bytes[2..]) sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return bytes.IsEmpty ? sum : sum + ((ulong)bytes[0] << 8);
    }

    /// <summary>Folds the carries and complements.</summary>
    public static ushort Finish(ulong sum)
    {
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
