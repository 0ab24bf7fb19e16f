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

    /// <summary>Reads a DNS search list: for how long, and its names (RFC 8106 §5.2).</summary>
    /// <param name="names">Names in DNS wire form without compression, each with its final zero, then padding with zeros; or none.</param>
    /// <param name="lifetime">Seconds; 0xFFFFFFFF means forever, 0 that the names are no longer to be used.</param>
    public bool TryGetDnsSearchList(out ReadOnlySpan<byte> names, out uint lifetime)
    {
        names = default;
        lifetime = 0;
        if (Type != NdOptionType.DnsSearchList || Bytes.Length < 16) return false;
        names = Bytes[8..];
        lifetime = BinaryPrimitives.ReadUInt32BigEndian(Bytes[4..]);
        return true;
    }

    /// <summary>Reads the captive portal's address (RFC 8910 §2.3).</summary>
    /// <param name="uri">The URI's octets without padding; from the network: escape them before they are shown.</param>
    public bool TryGetCaptivePortal(out ReadOnlySpan<byte> uri)
    {
        uri = Type == NdOptionType.CaptivePortal ? Data.TrimEnd((byte)0) : default;
        return Type == NdOptionType.CaptivePortal;
    }

    /// <summary>Reads a NAT64 prefix (RFC 8781 §4).</summary>
    /// <param name="prefix">The prefix, with zeros behind its length.</param>
    /// <param name="lifetime">Seconds, up to 65,528; 0 that it is no longer to be used.</param>
    /// <returns>False for another type, a wrong length, or a length code that is not assigned.</returns>
    public bool TryGetNat64Prefix(out IpPrefix prefix, out ushort lifetime)
    {
        prefix = default;
        lifetime = 0;
        if (Type != NdOptionType.Nat64Prefix || Bytes.Length != 16) return false;
        var field = BinaryPrimitives.ReadUInt16BigEndian(Bytes[2..]);
        // RFC 8781 §4: codes 0 to 5 stand for these lengths; the lifetime's unit is eight seconds.
        ReadOnlySpan<byte> lengths = [96, 64, 56, 48, 40, 32];
        var code = field & 7;
        if (code >= lengths.Length) return false;
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        Bytes[4..].CopyTo(address);
        lifetime = (ushort)(field & 0xFFF8);
        prefix = new IpPrefix(IpAddress.FromBytes(address), lengths[code]);
        return true;
    }

    /// <summary>Reads the nonce of a solicitation (RFC 3971 §5.3.2, RFC 7527 §4.1).</summary>
    /// <param name="nonce">The octets, or none.</param>
    public bool TryGetNonce(out ReadOnlySpan<byte> nonce)
    {
        nonce = Type == NdOptionType.Nonce ? Data : default;
        return Type == NdOptionType.Nonce;
    }
}
