using Fathom.Hosts.Os.Linux.Native;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Link;

/// <summary>
/// What a packet socket tells beside the octets: the time stamp, and struct tpacket_auxdata
/// { u32 status; u32 length; u32 kept; u16 mac; u16 net; u16 tag; u16 tagProtocol; } (packet(7), PACKET_AUXDATA).
/// </summary>
internal struct PacketMetadata
{
    private const int PACKET_AUXDATA = 8;
    private const int AuxiliaryLength = 20;
    private const uint TP_STATUS_CSUMNOTREADY = 1 << 3;
    private const uint TP_STATUS_VLAN_VALID = 1 << 4;
    private const uint TP_STATUS_VLAN_TPID_VALID = 1 << 6;
    private const ushort UsualTagProtocol = 0x8100; // IEEE 802.1Q §9.6

    /// <summary>Nanoseconds since 1970, 0 where unknown.</summary>
    public long WallNanoseconds { get; private set; }

    /// <summary>The transport checksum was left for the network card to fill in.</summary>
    public bool ChecksumIsPending { get; private set; }

    /// <summary>A VLAN tag that the card or the kernel took out: EtherType and tag; null where there was none.</summary>
    public uint? VlanTag { get; private set; }

    public static PacketMetadata Read(ReadOnlySpan<byte> control)
    {
        var metadata = default(PacketMetadata);
        var messages = new ControlMessages(control);
        while (messages.MoveNext())
        {
            if (messages is { Level: SOL_SOCKET, Type: SO_TIMESTAMPNS } && messages.Data.Length >= 16)
            {
                metadata.WallNanoseconds = ReceivedMessage.ReadTimestamp(messages.Data);
            }
            else if (messages is { Level: SOL_PACKET, Type: PACKET_AUXDATA } && messages.Data.Length >= AuxiliaryLength)
            {
                metadata.ReadAuxiliary(messages.Data);
            }
        }

        return metadata;
    }

    private void ReadAuxiliary(ReadOnlySpan<byte> data)
    {
        var status = HostOrder.ReadUInt32(data, 0);
        ChecksumIsPending = (status & TP_STATUS_CSUMNOTREADY) != 0;
        if ((status & TP_STATUS_VLAN_VALID) == 0) return;
        var protocol = (status & TP_STATUS_VLAN_TPID_VALID) != 0 ? HostOrder.ReadUInt16(data, 18) : UsualTagProtocol;
        VlanTag = ((uint)protocol << 16) | HostOrder.ReadUInt16(data, 16);
    }
}
