using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// Writes options of hop-by-hop and destination options headers, each at the start of a span; each returns the octets written.
/// <see cref="Ipv6OptionsHeader"/> puts the header before them and pads them.
/// </summary>
public static class Ipv6OptionWriter
{
    /// <summary>The router alert value of multicast listener discovery (RFC 2711 §2.1).</summary>
    public const ushort MulticastListenerDiscovery = 0;

    /// <summary>Writes router alert: 4 octets (RFC 2711 §2.1).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="value">What the packet has for routers; 0 is MLD.</param>
    public static int WriteRouterAlert(Span<byte> destination, ushort value = MulticastListenerDiscovery)
    {
        Start(destination, Ipv6OptionType.RouterAlert, 2);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], value);
        return 4;
    }

    /// <summary>Writes the tunnel encapsulation limit: 3 octets (RFC 2473 §4.1.1).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="limit">Further tunnels that the packet may enter.</param>
    public static int WriteTunnelEncapsulationLimit(Span<byte> destination, byte limit)
    {
        Start(destination, Ipv6OptionType.TunnelEncapsulationLimit, 1);
        destination[2] = limit;
        return 3;
    }

    /// <summary>Writes the minimum path MTU: 6 octets (RFC 9268 §5).</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="minimum">The smallest MTU of the links so far, in octets: at first that of the sender's link.</param>
    /// <param name="returned">What the other side's packets brought, in octets; 0 before any came. The lowest bit is not told.</param>
    /// <param name="returnRequested">The receiver shall tell what it got.</param>
    public static int WriteMinimumPathMtu(Span<byte> destination, ushort minimum, ushort returned, bool returnRequested)
    {
        Start(destination, Ipv6OptionType.MinimumPathMtu, 4);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], minimum);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)((returned & 0xFFFE) | (returnRequested ? 1 : 0)));
        return 6;
    }

    private static void Start(Span<byte> destination, Ipv6OptionType type, byte length)
    {
        destination[0] = (byte)type;
        destination[1] = length;
    }
}
