using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// What an interface information object of an ICMP extension structure tells (RFC 5837 §4): of the interface on which the packet came, or
/// would have gone. Each part is optional.
/// </summary>
public readonly ref struct IcmpInterfaceInformation
{
    // RFC 5837 §4.1, the class type's bits.
    private const byte IndexBit = 0x08;
    private const byte AddressBit = 0x04;
    private const byte NameBit = 0x02;
    private const byte MtuBit = 0x01;

    // The IANA address family numbers.
    private const ushort FamilyOfV4 = 1;
    private const ushort FamilyOfV6 = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private IcmpInterfaceInformation(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The interface's part: 0 the packet came on it, 1 a part of the one on which it came, 2 it would have gone out on it, 3 its next hop.</summary>
    public byte Role => (byte)(_bytes.IsEmpty ? 0 : _bytes[3] >> 6);

    /// <summary>The interface's number, or null.</summary>
    public uint? Index => IndexOffset == 0 ? null : BinaryPrimitives.ReadUInt32BigEndian(_bytes[IndexOffset..]);

    /// <summary>The interface's address, or null.</summary>
    public IpAddress? Address => AddressOffset == 0 ? null : IpAddress.FromBytes(_bytes.Slice(AddressOffset + 4, AddressLength - 4));

    /// <summary>The interface's name as it stands, in UTF-8 and perhaps padded with zeros; empty where there is none. From the network: escape it.</summary>
    public ReadOnlySpan<byte> Name => NameOffset == 0 ? default : _bytes.Slice(NameOffset + 1, NameLength - 1);

    /// <summary>The interface's MTU in octets, or null.</summary>
    public uint? Mtu => MtuOffset == 0 ? null : BinaryPrimitives.ReadUInt32BigEndian(_bytes[MtuOffset..]);

    /// <summary>Where the index begins, in octets from the object's first; 0 where there is none. So with the others.</summary>
    internal int IndexOffset { get; private init; }

    internal int AddressOffset { get; private init; }

    internal int AddressLength { get; private init; }

    internal int NameOffset { get; private init; }

    internal int NameLength { get; private init; }

    internal int MtuOffset { get; private init; }

    /// <summary>Reads an object. False if it is another, or a part that it announces does not fit.</summary>
    /// <param name="item">The object.</param>
    /// <param name="information">What it tells, or the default.</param>
    public static bool TryRead(IcmpExtensionObject item, out IcmpInterfaceInformation information)
    {
        information = default;
        if (item.ClassNumber != IcmpExtensionObject.InterfaceInformation) return false;
        var bytes = item.Bytes;
        int index = 0, address = 0, addressLength = 0, name = 0, nameLength = 0, mtu = 0;
        var at = IcmpExtensionEnumerator.HeaderLength;
        if ((item.ClassType & IndexBit) != 0) index = Take(4, ref at);
        if ((item.ClassType & AddressBit) != 0)
        {
            // RFC 5837 §4.2: address family, two reserved octets, address.
            if (bytes.Length < at + 4) return false;
            addressLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) switch { FamilyOfV4 => 8, FamilyOfV6 => 20, _ => 0 };
            if (addressLength == 0) return false;
            address = Take(addressLength, ref at);
        }

        if ((item.ClassType & NameBit) != 0)
        {
            // RFC 5837 §4.3: a length that counts itself, at most 64, a multiple of four.
            if (bytes.Length <= at || bytes[at] < 1) return false;
            nameLength = bytes[at];
            name = Take(nameLength, ref at);
        }

        if ((item.ClassType & MtuBit) != 0) mtu = Take(4, ref at);
        if (at > bytes.Length) return false;
        information = new IcmpInterfaceInformation(bytes)
        {
            IndexOffset = index,
            AddressOffset = address,
            AddressLength = addressLength,
            NameOffset = name,
            NameLength = nameLength,
            MtuOffset = mtu,
        };
        return true;
    }

    private static int Take(int octets, ref int at)
    {
        var start = at;
        at += octets;
        return start;
    }
}
