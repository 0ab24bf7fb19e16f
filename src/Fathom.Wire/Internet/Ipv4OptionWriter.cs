using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// Writes IPv4 options, each at the start of a span; each returns the octets written. All options of a header take at most 40 octets.
/// </summary>
public static class Ipv4OptionWriter
{
    /// <summary>Addresses that fit a route option: 40 octets less the option's three and one to round up.</summary>
    public const int MaxAddresses = 9;

    // RFC 791 §3.1: the pointer counts from 1; the first address stands at 4, the first timestamp at 5.
    private const int RouteOffset = 3;
    private const int TimestampOffset = 4;

    /// <summary>Writes router alert: 4 octets (RFC 2113 §2.1).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="value">0: every router shall look at the packet.</param>
    public static int WriteRouterAlert(Span<byte> destination, ushort value = 0)
    {
        destination[0] = (byte)Ipv4OptionType.RouterAlert;
        destination[1] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], value);
        return 4;
    }

    /// <summary>Writes an empty record route: 3 octets and 4 for each address that has room.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="addresses">How many routers may write themselves down, 1 to 9.</param>
    public static int WriteRecordRoute(Span<byte> destination, int addresses)
    {
        if (addresses is < 1 or > MaxAddresses) throw new ArgumentOutOfRangeException(nameof(addresses), "One to nine addresses fit.");
        var length = RouteOffset + (4 * addresses);
        destination[..length].Clear();
        StartRoute(destination, Ipv4OptionType.RecordRoute, length);
        return length;
    }

    /// <summary>Writes a source route: 3 octets and 4 for each address.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="isStrict">Only these routers; else they and any between them.</param>
    /// <param name="route">The stops behind the first, which is the packet's destination; 1 to 9 IPv4 addresses.</param>
    public static int WriteSourceRoute(Span<byte> destination, bool isStrict, ReadOnlySpan<IpAddress> route)
    {
        if (route.Length is < 1 or > MaxAddresses) throw new ArgumentException("One to nine addresses fit.", nameof(route));
        var length = RouteOffset + (4 * route.Length);
        StartRoute(destination, isStrict ? Ipv4OptionType.StrictSourceRoute : Ipv4OptionType.LooseSourceRoute, length);
        for (var i = 0; i < route.Length; i++)
        {
            if (!route[i].IsV4) throw new ArgumentException("A source route has IPv4 addresses.", nameof(route));
            route[i].WriteTo(destination[(RouteOffset + (4 * i))..]);
        }

        return length;
    }

    /// <summary>Writes an empty timestamp option: 4 octets and 4 or 8 for each entry that has room.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="withAddresses">Each router writes its address before its timestamp (flag 1); else only the timestamp (flag 0).</param>
    /// <param name="entries">How many routers may write, 1 to 9 without and 1 to 4 with addresses.</param>
    public static int WriteTimestamp(Span<byte> destination, bool withAddresses, int entries)
    {
        if (entries < 1 || entries > (withAddresses ? 4 : MaxAddresses)) throw new ArgumentOutOfRangeException(nameof(entries), "Nine timestamps fit, or four with addresses.");
        var length = TimestampOffset + ((withAddresses ? 8 : 4) * entries);
        destination[..length].Clear();
        destination[0] = (byte)Ipv4OptionType.Timestamp;
        destination[1] = (byte)length;
        destination[2] = TimestampOffset + 1;
        destination[3] = (byte)(withAddresses ? 1 : 0);
        return length;
    }

    private static void StartRoute(Span<byte> destination, Ipv4OptionType type, int length)
    {
        destination[0] = (byte)type;
        destination[1] = (byte)length;
        destination[2] = RouteOffset + 1;
    }
}
