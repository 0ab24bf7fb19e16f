using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>
/// Sets a socket's hop limit and fragmentation mode before a packet, and only where they differ from the last packet's.
/// Ping sockets before Linux 5.18 take no ancillary data for this on IPv6, so options are used for all. The caller holds the socket's lock.
/// </summary>
internal sealed class PacketOptionState(NativeSocket socket, IpVersion version)
{
    private const int SystemDefault = -1; // for both versions: back to the sysctl or the route
    private int _hopLimit = SystemDefault;
    private int _multicastHopLimit = SystemDefault;
    private Fragmentation _fragmentation;
    private int _usualDiscovery;

    /// <summary>Returns 0 or a negative errno.</summary>
    public int Apply(IpAddress destination, PacketOptions options)
    {
        var isV6 = version == IpVersion.V6;
        var level = isV6 ? IPPROTO_IPV6 : IPPROTO_IP;
        var wanted = options.HopLimit ?? SystemDefault;
        ref var current = ref (destination.IsMulticast ? ref _multicastHopLimit : ref _hopLimit);
        if (wanted != current)
        {
            var option = (isV6, destination.IsMulticast) switch
            {
                (false, false) => IP_TTL,
                (false, true) => IP_MULTICAST_TTL,
                (true, false) => IPV6_UNICAST_HOPS,
                (true, true) => IPV6_MULTICAST_HOPS,
            };
            var result = socket.SetOption(level, option, wanted);
            if (result < 0) return result;
            current = wanted;
        }

        var mode = options.DontFragment ? Fragmentation.Never : options.MayBeFragmented ? Fragmentation.Allowed : Fragmentation.Usual;
        return mode == _fragmentation ? 0 : SetFragmentation(isV6, level, mode);
    }

    private int SetFragmentation(bool isV6, int level, Fragmentation mode)
    {
        var option = isV6 ? IPV6_MTU_DISCOVER : IP_MTU_DISCOVER;
        if (_fragmentation == Fragmentation.Usual)
        {
            var read = socket.GetOption(level, option, out _usualDiscovery);
            if (read < 0) return read;
        }

        // PROBE ignores the learned path MTU, and nothing above the device's is sent.
        var value = mode switch
        {
            Fragmentation.Never => PMTUDISC_PROBE,
            Fragmentation.Allowed => PMTUDISC_DONT,
            _ => _usualDiscovery,
        };
        var result = socket.SetOption(level, option, value);
        if (result == 0) _fragmentation = mode;
        return result;
    }

    private enum Fragmentation
    {
        Usual,
        Never,
        Allowed,
    }
}
