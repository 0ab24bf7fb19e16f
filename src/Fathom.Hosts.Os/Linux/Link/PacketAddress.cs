using System.Buffers.Binary;
using Fathom.Hosts.Os.Linux.Native;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>struct sockaddr_ll { u16 family; be16 protocol; i32 index; u16 hardware type; u8 packet type; u8 length; u8 address[8]; } (packet(7)).</summary>
/// <param name="Index">The interface.</param>
/// <param name="HardwareType">ARPHRD_*.</param>
/// <param name="PacketType">PACKET_*.</param>
internal readonly record struct PacketAddress(int Index, ushort HardwareType, byte PacketType)
{
    public const int Length = 20;
    public const byte Host = 0; // PACKET_HOST
    public const byte Broadcast = 1; // PACKET_BROADCAST
    public const byte Multicast = 2; // PACKET_MULTICAST
    public const byte OtherHost = 3; // PACKET_OTHERHOST
    public const byte Outgoing = 4; // PACKET_OUTGOING

    /// <summary>Writes an address of an interface (0: all) and an EtherType (3: all).</summary>
    public static void Write(Span<byte> destination, int index, ushort protocol)
    {
        destination[..Length].Clear();
        HostOrder.WriteUInt16(destination, 0, AF_PACKET);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], protocol);
        HostOrder.WriteInt32(destination, 4, index);
    }

    /// <summary>Null where the octets are no such address.</summary>
    public static PacketAddress? Read(ReadOnlySpan<byte> bytes)
        => bytes.Length < 12 || HostOrder.ReadUInt16(bytes, 0) != AF_PACKET
            ? null
            : new PacketAddress(HostOrder.ReadInt32(bytes, 4), HostOrder.ReadUInt16(bytes, 8), bytes[10]);
}
