using System.Buffers.Binary;
using System.Globalization;
using Fathom.Wire.Link;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>DHCP unique identifiers (RFC 8415 §11): who a client or server is, whatever its addresses.</summary>
public static class Dhcpv6Duid
{
    private const ushort Ethernet = 1;

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The identifier for people: "LLT 02:00:00:00:00:0a, made 2026-01-31 12:00:00 UTC"; octets of an unknown kind in hexadecimal.</summary>
    /// <param name="duid">The identifier.</param>
    public static string ToText(ReadOnlySpan<byte> duid)
    {
        var kind = duid.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(duid) : 0;
        return kind switch
        {
            1 when duid.Length >= 8 => string.Create(CultureInfo.InvariantCulture, $"LLT {Address(duid[2..], duid[8..])}, made {Epoch.AddSeconds(BinaryPrimitives.ReadUInt32BigEndian(duid[4..])):yyyy-MM-dd HH:mm:ss} UTC"),
            2 when duid.Length >= 6 => string.Create(CultureInfo.InvariantCulture, $"EN enterprise {BinaryPrimitives.ReadUInt32BigEndian(duid[2..])}, {Hex(duid[6..])}"),
            3 when duid.Length >= 4 => $"LL {Address(duid[2..], duid[4..])}",
            4 when duid.Length == 18 => $"UUID {new Guid(duid[2..], bigEndian: true)}",
            _ => Hex(duid),
        };
    }

    /// <summary>A DUID-LL of an Ethernet adapter (RFC 8415 §11.4), for a host whose address does not change.</summary>
    /// <param name="mac">The adapter's address.</param>
    public static byte[] OfLinkLayer(MacAddress mac)
    {
        var duid = new byte[4 + MacAddress.Length];
        duid[1] = 3;
        duid[3] = (byte)Ethernet;
        mac.WriteTo(duid.AsSpan(4));
        return duid;
    }

    private static string Address(ReadOnlySpan<byte> hardwareType, ReadOnlySpan<byte> address)
        => BinaryPrimitives.ReadUInt16BigEndian(hardwareType) == Ethernet && address.Length == MacAddress.Length ? MacAddress.FromBytes(address).ToString() : Hex(address);

    private static string Hex(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "empty" : Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, 130)]);
}
