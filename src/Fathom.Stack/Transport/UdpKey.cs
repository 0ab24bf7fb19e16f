using Fathom.Wire.Internet;

namespace Fathom.Stack.Transport;

/// <summary>What a UDP socket is found by: all of it for a connected one, else with the default values for what may be any.</summary>
internal readonly record struct UdpKey(IpAddress Local, ushort LocalPort, IpAddress Remote, ushort RemotePort, int Interface)
{
    public static UdpKey Bound(IpAddress local, ushort port, int onInterface = 0) => new(local, port, default, 0, onInterface);

    /// <summary>Bound to a port of every address of the version.</summary>
    public static UdpKey Any(IpVersion version, ushort port, int onInterface = 0) => Bound(IpAddress.Any(version), port, onInterface);
}
