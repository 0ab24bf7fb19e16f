namespace Fathom.Wire.Capture;

/// <summary>The numbers of the pcapng format (draft-ietf-opsawg-pcapng), shared by writer and reader.</summary>
internal static class PcapngFormat
{
    internal const uint SectionHeaderBlock = 0x0A0D_0D0A;
    internal const uint InterfaceDescriptionBlock = 1;
    internal const uint ObsoletePacketBlock = 2;
    internal const uint SimplePacketBlock = 3;
    internal const uint NameResolutionBlock = 4;
    internal const uint InterfaceStatisticsBlock = 5;
    internal const uint EnhancedPacketBlock = 6;
    internal const uint ByteOrderMagic = 0x1A2B_3C4D;

    /// <summary>Octets of block type and the two total lengths around every block.</summary>
    internal const int BlockOverhead = 12;

    internal const ushort EndOfOptions = 0;
    internal const ushort Comment = 1;
    internal const ushort SectionHardware = 2;
    internal const ushort SectionOs = 3;
    internal const ushort SectionApplication = 4;
    internal const ushort InterfaceName = 2;
    internal const ushort InterfaceDescription = 3;
    internal const ushort InterfaceTimestampResolution = 9;
    internal const ushort InterfaceFilter = 11;
    internal const ushort InterfaceOs = 12;
    internal const ushort InterfaceFrameCheckLength = 13;
    internal const ushort InterfaceTimestampOffset = 14;
    internal const ushort InterfaceHardware = 15;
    internal const ushort PacketFlags = 2;
    internal const ushort PacketDropCount = 4;
    internal const ushort NameOfIpv4 = 1;
    internal const ushort NameOfIpv6 = 2;
    internal const ushort StatisticsReceived = 4;
    internal const ushort StatisticsDropped = 5;
    internal const ushort StatisticsFilterAccepted = 6;
    internal const ushort StatisticsOsDropped = 7;
    internal const ushort StatisticsDelivered = 8;

    /// <summary>Options are padded to words of four octets (§3.5).</summary>
    internal static int Pad(int length) => (length + 3) & ~3;
}
