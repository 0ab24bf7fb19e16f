using System.Buffers.Binary;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection.Filtering;

/// <summary>A packet as a filter looks at it. Reading beyond its end makes it meant by no filter.</summary>
internal ref struct FilterPacket
{
    private readonly ReadOnlySpan<byte> _frame;

    internal FilterPacket(int linkType, ReadOnlySpan<byte> frame, long originalLength)
    {
        _frame = frame;
        Length = originalLength;
        IsEthernet = linkType == LinkType.Ethernet;
        (NetworkOffset, var isKnown) = linkType switch
        {
            LinkType.Ethernet => (EthernetFrame.HeaderLength, true),
            LinkType.RawIp or LinkType.Ipv4 or LinkType.Ipv6 => (0, true),
            LinkType.Null or LinkType.Loop => (LoopbackFrame.HeaderLength, true),
            LinkType.LinuxCooked => (CookedFrame.HeaderLength, true),
            LinkType.LinuxCookedV2 => (CookedFrameV2.HeaderLength, true),
            _ => (0, false),
        };
        IsReadable = isKnown && frame.Length > 0 && frame.Length >= NetworkOffset;
        if (!IsReadable) return;
        Type = linkType switch
        {
            LinkType.Ethernet => (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[12..]),
            LinkType.Null or LinkType.Loop => LoopbackFrame.TryRead(frame, out var loopback, out _) ? loopback.EtherType : EtherType.None,
            LinkType.LinuxCooked => CookedFrame.TryRead(frame, out var cooked, out _) ? cooked.EtherType : EtherType.None,
            LinkType.LinuxCookedV2 => CookedFrameV2.TryRead(frame, out var cookedV2, out _) ? cookedV2.EtherType : EtherType.None,
            _ => LinkEnvelope.TypeOfRawIp(frame),
        };
    }

    internal bool IsReadable { get; }

    internal bool IsEthernet { get; }

    /// <summary>What the frame carries; of a VLAN frame the tag's type.</summary>
    internal EtherType Type { get; }

    internal int NetworkOffset { get; }

    /// <summary>Octets on the link.</summary>
    internal long Length { get; }

    internal bool IsBeyondEnd { get; private set; }

    /// <summary>Reads an octet of the network header or behind it; 0 beyond the end.</summary>
    internal byte Octet(int offset) => Slice(offset, 1) is [var value] ? value : (byte)0;

    internal ushort Word(int offset) => Slice(offset, 2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;

    internal IpAddress Address(int offset, int length) => Slice(offset, length) is { IsEmpty: false } bytes ? IpAddress.FromBytes(bytes) : default;

    /// <summary>A hardware address of the Ethernet header: 0 the receiver's, 6 the sender's.</summary>
    internal MacAddress Mac(int offset) => Slice(offset - NetworkOffset, MacAddress.Length) is { IsEmpty: false } bytes ? MacAddress.FromBytes(bytes) : default;

    private ReadOnlySpan<byte> Slice(int offset, int length)
    {
        var at = NetworkOffset + offset;
        if (at + length <= _frame.Length) return _frame.Slice(at, length);
        IsBeyondEnd = true;
        return default;
    }
}
