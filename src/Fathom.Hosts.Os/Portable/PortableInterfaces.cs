using System.Net.NetworkInformation;
using System.Net.Sockets;
using Fathom.Hosts.Link;
using Fathom.Wire.Link;

namespace Fathom.Hosts.Os.Portable;

/// <summary>The interfaces as .NET lists them.</summary>
internal static class PortableInterfaces
{
    public static HostResult<IReadOnlyList<HostInterface>> Read()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces().Select(Convert).OfType<HostInterface>().OrderBy(entry => entry.Index).ToArray();
        }
        catch (NetworkInformationException e)
        {
            return new HostRefusal(HostRefusalKind.Failed, $"The interfaces cannot be listed: {e.Message}");
        }
    }

    private static HostInterface? Convert(NetworkInterface nic)
    {
        var properties = nic.GetIPProperties();
        if (IndexAndMtu(nic, properties) is not { } numbers) return null;
        var octets = nic.GetPhysicalAddress().GetAddressBytes();
        var kind = nic.NetworkInterfaceType switch
        {
            NetworkInterfaceType.Loopback => InterfaceKind.Loopback,
            NetworkInterfaceType.Tunnel or NetworkInterfaceType.Ppp => InterfaceKind.Tunnel,
            _ when octets.Length == MacAddress.Length => InterfaceKind.Ethernet,
            _ => InterfaceKind.Unknown,
        };
        // "Down" is both: switched off, and without carrier. Only "up" and "lower layer down" say something of the carrier.
        var isUp = nic.OperationalStatus is not (OperationalStatus.Down or OperationalStatus.NotPresent);
        bool? hasCarrier = nic.OperationalStatus switch
        {
            OperationalStatus.Up => true,
            OperationalStatus.LowerLayerDown => false,
            _ => null,
        };
        MacAddress? mac = kind == InterfaceKind.Ethernet && octets.Length == MacAddress.Length ? MacAddress.FromBytes(octets) : null;
        var addresses = properties.UnicastAddresses
            .Where(entry => entry.Address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)
            .Select(entry => new InterfaceAddress(Portable.Convert.FromNet(entry.Address), entry.PrefixLength, StateOf(entry)))
            .ToArray();
        return new HostInterface(numbers.Index, nic.Name, kind, isUp, hasCarrier, numbers.Mtu, mac, addresses) { Counters = ReadCounters(nic) };
    }

    private static InterfaceCounters? ReadCounters(NetworkInterface nic)
    {
        try
        {
            var counted = nic.GetIPStatistics();
            return new InterfaceCounters(
                Packets(counted.UnicastPacketsReceived, counted.NonUnicastPacketsReceived), counted.BytesReceived, counted.IncomingPacketsWithErrors, counted.IncomingPacketsDiscarded,
                counted.UnicastPacketsSent, counted.BytesSent, counted.OutgoingPacketsWithErrors, OperatingSystem.IsMacOS() ? null : counted.OutgoingPacketsDiscarded);
        }
        catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException)
        {
            return null; // .NET has no such figures here
        }
    }

    private static long Packets(long unicast, long others) => unicast + others;

    private static (int Index, int? Mtu)? IndexAndMtu(NetworkInterface nic, IPInterfaceProperties properties)
    {
        if (nic.Supports(NetworkInterfaceComponent.IPv4) && properties.GetIPv4Properties() is { } v4) return (v4.Index, v4.Mtu > 0 ? v4.Mtu : null);
        if (nic.Supports(NetworkInterfaceComponent.IPv6) && properties.GetIPv6Properties() is { } v6) return (v6.Index, v6.Mtu > 0 ? v6.Mtu : null);
        return null;
    }

    private static InterfaceAddressState StateOf(UnicastIPAddressInformation entry)
    {
        // Only Windows tells.
        if (!OperatingSystem.IsWindows()) return InterfaceAddressState.Preferred;
        return entry.DuplicateAddressDetectionState switch
        {
            DuplicateAddressDetectionState.Tentative => InterfaceAddressState.Tentative,
            DuplicateAddressDetectionState.Duplicate or DuplicateAddressDetectionState.Invalid => InterfaceAddressState.Duplicate,
            DuplicateAddressDetectionState.Deprecated => InterfaceAddressState.Deprecated,
            _ => InterfaceAddressState.Preferred,
        };
    }
}
