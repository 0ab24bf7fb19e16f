using System.Buffers.Binary;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>DHCPv6 options to send, in the order in which they are added.</summary>
public sealed class Dhcpv6OptionList
{
    private readonly List<byte> _bytes = [];

    /// <summary>Octets so far.</summary>
    public int Length => _bytes.Count;

    /// <summary>Adds an option by its octets.</summary>
    /// <param name="code">Which.</param>
    /// <param name="data">The content, up to 65,535 octets.</param>
    /// <returns>The list itself.</returns>
    public Dhcpv6OptionList Add(Dhcpv6OptionCode code, params ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, ushort.MaxValue, nameof(data));
        Span<byte> header = stackalloc byte[Dhcpv6Option.HeaderLength];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)code);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)data.Length);
        _bytes.AddRange(header);
        _bytes.AddRange(data);
        return this;
    }

    /// <summary>Adds an option of IPv6 addresses.</summary>
    /// <param name="code">Which.</param>
    /// <param name="addresses">One or more.</param>
    public Dhcpv6OptionList AddAddresses(Dhcpv6OptionCode code, params ReadOnlySpan<IpAddress> addresses)
    {
        var data = new byte[16 * addresses.Length];
        for (var i = 0; i < addresses.Length; i++)
        {
            if (addresses[i].IsV4) throw new ArgumentException("The option holds IPv6 addresses.", nameof(addresses));
            addresses[i].ToBytes().CopyTo(data, 16 * i);
        }

        return Add(code, data);
    }

    /// <summary>Adds the option request option.</summary>
    /// <param name="codes">The options asked for.</param>
    public Dhcpv6OptionList AddRequestList(params ReadOnlySpan<Dhcpv6OptionCode> codes)
    {
        var data = new byte[2 * codes.Length];
        for (var i = 0; i < codes.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(2 * i), (ushort)codes[i]);
        return Add(Dhcpv6OptionCode.OptionRequest, data);
    }

    /// <summary>Adds an identity association for addresses or prefixes (RFC 8415 §21.4, §21.21).</summary>
    /// <param name="code">IA_NA or IA_PD.</param>
    /// <param name="id">The IAID.</param>
    /// <param name="renewal">T1 in seconds, 0 to leave it to the other side.</param>
    /// <param name="rebinding">T2 in seconds, 0 to leave it to the other side.</param>
    /// <param name="nested">Addresses or prefixes, or none.</param>
    public Dhcpv6OptionList AddAssociation(Dhcpv6OptionCode code, uint id, uint renewal, uint rebinding, Dhcpv6OptionList? nested = null)
    {
        var data = new byte[12 + (nested?.Length ?? 0)];
        BinaryPrimitives.WriteUInt32BigEndian(data, id);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), renewal);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(8), rebinding);
        nested?.CopyTo(data.AsSpan(12));
        return Add(code, data);
    }

    /// <summary>Adds an address with its lifetimes (RFC 8415 §21.6).</summary>
    /// <param name="address">The address.</param>
    /// <param name="preferred">Seconds for which it is preferred.</param>
    /// <param name="valid">Seconds for which it is valid.</param>
    public Dhcpv6OptionList AddAddress(IpAddress address, uint preferred, uint valid)
    {
        var data = new byte[24];
        address.ToBytes().CopyTo(data, 0);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(16), preferred);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(20), valid);
        return Add(Dhcpv6OptionCode.IaAddress, data);
    }

    /// <summary>Adds a prefix with its lifetimes (RFC 8415 §21.22).</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="preferred">Seconds for which it is preferred.</param>
    /// <param name="valid">Seconds for which it is valid.</param>
    public Dhcpv6OptionList AddPrefix(IpPrefix prefix, uint preferred, uint valid)
    {
        var data = new byte[25];
        BinaryPrimitives.WriteUInt32BigEndian(data, preferred);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), valid);
        data[8] = (byte)prefix.Length;
        prefix.Address.ToBytes().CopyTo(data, 9);
        return Add(Dhcpv6OptionCode.IaPrefix, data);
    }

    internal void CopyTo(Span<byte> destination) => _bytes.ToArray().CopyTo(destination);
}
