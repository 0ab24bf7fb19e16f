using System.Buffers.Binary;

namespace Fathom.Wire.Capture;

/// <summary>The first four octets of pcap files (draft-ietf-opsawg-pcap §4), and of the relatives that are told by name and not read.</summary>
internal static class PcapMagic
{
    internal const uint Microseconds = 0xA1B2_C3D4;
    internal const uint Nanoseconds = 0xA1B2_3C4D;

    /// <summary>Alexey Kuznetzov's "modified" pcap: each record says interface, protocol and direction, too.</summary>
    internal const uint Modified = 0xA1B2_CD34;

    /// <summary>Recognizes a magic number that is read, in either byte order.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> start, out uint magic, out bool isBigEndian)
    {
        magic = BinaryPrimitives.ReadUInt32BigEndian(start);
        isBigEndian = magic is Microseconds or Nanoseconds or Modified;
        if (isBigEndian) return true;
        magic = BinaryPrimitives.ReadUInt32LittleEndian(start);
        return magic is Microseconds or Nanoseconds or Modified;
    }

    /// <summary>The name of a capture format that is recognized and not read, or null.</summary>
    internal static string? NameOfOther(ReadOnlySpan<byte> start)
        => NameOf(BinaryPrimitives.ReadUInt32BigEndian(start)) ?? NameOf(BinaryPrimitives.ReadUInt32LittleEndian(start));

    // Numbers of libpcap's sf-pcap.c and Wireshark's libpcap.h.
    private static string? NameOf(uint magic) => magic switch
    {
        0xA1B2_34CD => "pcap as modified by F. Mesquita",
        0xA12B_3C4D => "Navtel pcap",
        0x1C00_01AC => "Ixia lcap (hardware time stamps)",
        0x1C00_01AB => "Ixia lcap (software time stamps)",
        0xA1B2_C3CB => "a saved capture filter (cBPF), not a capture",
        0xA1E2_CB12 => "pcap with a magic number of its own (0xa1e2cb12)",
        0x736E_6F6F => "snoop (RFC 1761)",
        _ => null,
    };
}
