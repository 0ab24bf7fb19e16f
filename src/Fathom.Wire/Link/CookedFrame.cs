using System.Buffers.Binary;

namespace Fathom.Wire.Link;

/// <summary>A packet of a Linux cooked capture, version 1 (LINKTYPE_LINUX_SLL): what Linux puts in the place of the real link header.</summary>
public readonly ref struct CookedFrame : IWireView<CookedFrame>
{
    /// <summary>Octets before the payload.</summary>
    public const int HeaderLength = 16;

    /// <summary>Octets of the address's place; a longer address is cut.</summary>
    public const int MaxAddressLength = 8;

    private const string Spec = "LINKTYPE_LINUX_SLL";

    private static readonly FieldSpec[] Rows =
    [
        new("packetType", 0, 16, Spec), new("hardwareType", 16, 16, Spec), new("addressLength", 32, 16, Spec),
        new("address", 48, 64, Spec), new("protocol", 112, 16, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private CookedFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Whom the packet was for.</summary>
    public CookedPacketType PacketType => (CookedPacketType)BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The kind of device, as Linux numbers it (ARPHRD_): 1 Ethernet, 772 loopback.</summary>
    public ushort HardwareType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Octets of the sender's link address, as it stands: may be more than its place has.</summary>
    public ushort AddressLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>The sender's link address, up to eight octets.</summary>
    public ReadOnlySpan<byte> Address => _bytes.Slice(6, Math.Min((int)AddressLength, MaxAddressLength));

    /// <summary>The address's place, padding included: eight octets.</summary>
    public ReadOnlySpan<byte> AddressField => _bytes.Slice(6, MaxAddressLength);

    /// <summary>The protocol as it stands: an EtherType, or a number of Linux below 1,536.</summary>
    public ushort Protocol => BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    /// <summary>What follows; <see cref="EtherType.None"/> where the protocol is no EtherType.</summary>
    public EtherType EtherType => CookedProtocol.TypeOf(Protocol, HardwareType);

    /// <summary>True if an LLC header follows.</summary>
    public bool IsLlc => Protocol == CookedProtocol.Llc;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CookedFrame view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort("Linux cooked", 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        view = new CookedFrame(bytes);
        return true;
    }
}
