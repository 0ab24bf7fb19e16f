using System.Net;
using System.Net.Sockets;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Portable;

/// <summary>Between Fathom's addresses and .NET's.</summary>
internal static class Convert
{
    public static IPAddress ToNet(IpAddress address)
        => address.IsV6 ? new IPAddress(address.ToBytes(), address.Zone) : new IPAddress(address.ToBytes());

    public static IPEndPoint ToNet(IpEndpoint endpoint) => new(ToNet(endpoint.Address), endpoint.Port);

    public static IpAddress FromNet(IPAddress address)
    {
        var converted = IpAddress.FromBytes(address.GetAddressBytes());
        return converted is { IsV6: true, IsLinkLocal: true } ? converted.WithZone((uint)address.ScopeId) : converted;
    }

    public static IpEndpoint FromNet(EndPoint? endpoint)
        => endpoint is IPEndPoint known ? new IpEndpoint(FromNet(known.Address), (ushort)known.Port) : default;

    public static AddressFamily Family(IpVersion version) => version == IpVersion.V6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    public static IPEndPoint Any(IpVersion version) => new(version == IpVersion.V6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
}
