using System.Buffers.Binary;
using Fathom.Wire.Link;

namespace Fathom.Wire.Internet;

/// <summary>One neighbor discovery option (RFC 4861 §4.6). A typed reader answers false for another type or a wrong length.</summary>
public readonly ref struct NdOption
{
    private const int MtuLength = 8;
    private const int PrefixInformationLength = 32;
    private const int DnsServersOffset = 8;

    internal NdOption(int offset, ReadOnlySpan<byte> bytes)
    {
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Octets from the start of the options.</summary>
    public int Offset { get; }

    /// <summary>The whole option: a multiple of 8 octets, at least 8.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What the option is.</summary>
    public NdOptionType Type => (NdOptionType)Bytes[0];

    /// <summary>What follows type and length, padding included.</summary>
    public ReadOnlySpan<byte> Data => Bytes[2..];

    /// <summary>Reads a source or target link-layer address of Ethernet (RFC 2464 §6).</summary>
    /// <param name="address">The address, or the default.</param>
    public bool TryGetLinkLayerAddress(out MacAddress address)
    {
        address = default;
        if (Type is not (NdOptionType.SourceLinkLayerAddress or NdOptionType.TargetLinkLayerAddress) || Bytes.Length != 8) return false;
        address = MacAddress.FromBytes(Data);
        return true;
    }

    /// <summary>Reads the link's MTU in octets.</summary>
    /// <param name="mtu">The MTU, or 0.</param>
    public bool TryGetMtu(out uint mtu)
    {
        mtu = 0;
        if (Type != NdOptionType.Mtu || Bytes.Length != MtuLength) return false;
        mtu = BinaryPrimitives.ReadUInt32BigEndian(Bytes[4..]);
        return true;
    }

    /// <summary>Reads a prefix information option.</summary>
    /// <param name="information">Its values, or the default.</param>
    public bool TryGetPrefixInformation(out NdPrefixInformation information)
    {
        information = default;
        if (Type != NdOptionType.PrefixInformation || Bytes.Length != PrefixInformationLength) return false;
        information = new NdPrefixInformation(
            Bytes[2],
            IpAddress.FromBytes(Bytes.Slice(16, 16)),
            (Bytes[3] & 0x80) != 0,
            (Bytes[3] & 0x40) != 0,
            BinaryPrimitives.ReadUInt32BigEndian(Bytes[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(Bytes[8..]));
        return true;
    }

    /// <summary>Reads a route information option.</summary>
    /// <param name="information">Its values, or the default.</param>
    public bool TryGetRouteInformation(out NdRouteInformation information)
    {
        information = default;
        if (Type != NdOptionType.RouteInformation || Bytes.Length is not (8 or 16 or 24)) return false;
        Span<byte> prefix = stackalloc byte[16];
        prefix.Clear();
        Bytes[8..].CopyTo(prefix);
        // RFC 4191 §2.1: two bits, signed.
        var preference = ((Bytes[3] >> 3) & 3) switch { 0 => 0, 1 => 1, 3 => -1, _ => -2 };
        information = new NdRouteInformation(
            Bytes[2], IpAddress.FromBytes(prefix), preference, BinaryPrimitives.ReadUInt32BigEndian(Bytes[4..]));
        return true;
    }

    /// <summary>Reads a recursive DNS server option: how many servers, and for how long (RFC 8106 §5.1).</summary>
    /// <param name="count">Addresses, for <see cref="GetDnsServer"/>.</param>
    /// <param name="lifetime">Seconds; 0xFFFFFFFF means forever, 0 that the servers are no longer to be used.</param>
    public bool TryGetDnsServers(out int count, out uint lifetime)
    {
        count = 0;
        lifetime = 0;
        if (Type != NdOptionType.RecursiveDnsServer || Bytes.Length < 24 || Bytes.Length % 16 != DnsServersOffset) return false;
        count = (Bytes.Length - DnsServersOffset) / 16;
        lifetime = BinaryPrimitives.ReadUInt32BigEndian(Bytes[4..]);
        return true;
    }

    /// <summary>One server of a recursive DNS server option.</summary>
    /// <param name="index">From 0 to the count that <see cref="TryGetDnsServers"/> gave, less one.</param>
    public IpAddress GetDnsServer(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return IpAddress.FromBytes(Bytes.Slice(DnsServersOffset + (16 * index), 16));
    }

    /// <summary>The start of the packet that caused a redirect.</summary>
    /// <param name="packet">The bytes, or none.</param>
    public bool TryGetRedirectedPacket(out ReadOnlySpan<byte> packet)
    {
        packet = Type == NdOptionType.RedirectedHeader ? Bytes[8..] : default;
        return Type == NdOptionType.RedirectedHeader;
    }
}
