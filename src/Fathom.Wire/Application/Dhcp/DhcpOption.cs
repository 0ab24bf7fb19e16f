using System.Buffers.Binary;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dhcp;

/// <summary>One DHCPv4 option (RFC 2132 §2), or a piece of one that was split. A typed reader answers false for content of another length.</summary>
public readonly ref struct DhcpOption
{
    internal DhcpOption(int offset, ReadOnlySpan<byte> bytes)
    {
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Octets from the message's first to the option's.</summary>
    public int Offset { get; }

    /// <summary>The whole option, code and length included; pad and end are one octet.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Which option.</summary>
    public DhcpOptionCode Code => (DhcpOptionCode)Bytes[0];

    /// <summary>What follows code and length.</summary>
    public ReadOnlySpan<byte> Data => Bytes.Length > 2 ? Bytes[2..] : default;

    /// <summary>How many IPv4 addresses the content is; 0 if it is none.</summary>
    public int AddressCount => Data.Length % 4 == 0 ? Data.Length / 4 : 0;

    /// <summary>One of the addresses.</summary>
    /// <param name="index">From 0 to <see cref="AddressCount"/>, less one.</param>
    public IpAddress GetAddress(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, AddressCount);
        return IpAddress.FromBytes(Data.Slice(4 * index, 4));
    }

    /// <summary>Reads an only address: subnet mask, server identifier, requested address …</summary>
    /// <param name="address">The address, or 0.0.0.0.</param>
    public bool TryGetAddress(out IpAddress address)
    {
        address = Data.Length == 4 ? IpAddress.FromBytes(Data) : default;
        return Data.Length == 4;
    }

    /// <summary>Reads a number of 32 bits: lease time and the like, in seconds.</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryGetUInt32(out uint value)
    {
        value = Data.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(Data) : 0;
        return Data.Length == 4;
    }

    /// <summary>Reads a number of 16 bits: MTU, maximum message size …</summary>
    /// <param name="value">The number, or 0.</param>
    public bool TryGetUInt16(out ushort value)
    {
        value = Data.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(Data) : (ushort)0;
        return Data.Length == 2;
    }
}
