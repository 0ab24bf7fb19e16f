using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>A packet of a Linux cooked capture, version 2 (LINKTYPE_LINUX_SLL2), which also tells the interface.</summary>
public readonly ref struct CookedFrameV2 : IWireView<CookedFrameV2>
{
    /// <summary>Octets before the payload.</summary>
    public const int HeaderLength = 20;

    private const string Spec = "LINKTYPE_LINUX_SLL2";

    private static readonly FieldSpec[] Rows =
    [
        new("protocol", 0, 16, Spec), new("reserved", 16, 16, Spec), new("interfaceIndex", 32, 32, Spec),
        new("hardwareType", 64, 16, Spec), new("packetType", 80, 8, Spec), new("addressLength", 88, 8, Spec),
        new("address", 96, 64, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private CookedFrameV2(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The protocol as it stands: an EtherType, or a number of Linux below 1,536.</summary>
    public ushort Protocol => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Sixteen bits that are written as zero.</summary>
    public ushort Reserved => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The interface's number on the capturing host, from 1 on.</summary>
    public uint InterfaceIndex => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The kind of device, as Linux numbers it (ARPHRD_): 1 Ethernet, 772 loopback.</summary>
    public ushort HardwareType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>Whom the packet was for.</summary>
    public CookedPacketType PacketType => (CookedPacketType)_bytes[10];

    /// <summary>Octets of the sender's link address, as it stands: may be more than its place has.</summary>
    public byte AddressLength => _bytes[11];

    /// <summary>The sender's link address, up to eight octets.</summary>
    public ReadOnlySpan<byte> Address => _bytes.Slice(12, Math.Min((int)AddressLength, CookedFrame.MaxAddressLength));

    /// <summary>The address's place, padding included: eight octets.</summary>
    public ReadOnlySpan<byte> AddressField => _bytes.Slice(12, CookedFrame.MaxAddressLength);

    /// <summary>What follows; <see cref="EtherType.None"/> where the protocol is no EtherType.</summary>
    public EtherType EtherType => CookedProtocol.TypeOf(Protocol, HardwareType);

    /// <summary>True if an LLC header follows.</summary>
    public bool IsLlc => Protocol == CookedProtocol.Llc;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CookedFrameV2 view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort("Linux cooked", 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        view = new CookedFrameV2(bytes);
        return true;
    }
}
