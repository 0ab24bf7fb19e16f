using System.Runtime.InteropServices;

namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>Numbers that the kernel exchanges in the machine's own byte order. The span must be long enough.</summary>
internal static class HostOrder
{
    public static ushort ReadUInt16(ReadOnlySpan<byte> bytes, int offset) => MemoryMarshal.Read<ushort>(bytes[offset..]);

    public static uint ReadUInt32(ReadOnlySpan<byte> bytes, int offset) => MemoryMarshal.Read<uint>(bytes[offset..]);

    public static int ReadInt32(ReadOnlySpan<byte> bytes, int offset) => MemoryMarshal.Read<int>(bytes[offset..]);

    public static ulong ReadUInt64(ReadOnlySpan<byte> bytes, int offset) => MemoryMarshal.Read<ulong>(bytes[offset..]);

    public static long ReadInt64(ReadOnlySpan<byte> bytes, int offset) => MemoryMarshal.Read<long>(bytes[offset..]);

    public static void WriteUInt16(Span<byte> bytes, int offset, ushort value) => MemoryMarshal.Write(bytes[offset..], value);

    public static void WriteUInt32(Span<byte> bytes, int offset, uint value) => MemoryMarshal.Write(bytes[offset..], value);

    public static void WriteInt32(Span<byte> bytes, int offset, int value) => MemoryMarshal.Write(bytes[offset..], value);

    public static void WriteUInt64(Span<byte> bytes, int offset, ulong value) => MemoryMarshal.Write(bytes[offset..], value);
}
