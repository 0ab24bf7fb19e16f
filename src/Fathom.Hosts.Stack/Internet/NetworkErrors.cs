using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack.Internet;

/// <summary>Makes errors, with the numbers that Linux would give them: one table serves the readers of all hosts.</summary>
internal static class NetworkErrors
{
    public const int BrokenPipe = 32; // EPIPE
    public const int MessageSize = 90; // EMSGSIZE
    public const int NetworkUnreachable = 101; // ENETUNREACH
    public const int NoBuffers = 105; // ENOBUFS
    public const int TimedOut = 110; // ETIMEDOUT
    public const int HostUnreachable = 113; // EHOSTUNREACH
    private const int AccessDenied = 13; // EACCES
    private const int Protocol = 71; // EPROTO
    private const int NoProtocolOption = 92; // ENOPROTOOPT
    private const int ConnectionRefused = 111; // ECONNREFUSED

    /// <summary>What this host's own stack says.</summary>
    public static NetworkError Local(int number, IpEndpoint? destination, long timestamp, int? mtu = null)
        => new(NetworkErrorOrigin.Local, 0, 0, null, destination, mtu, number, timestamp, default);

    /// <summary>What an ICMP or ICMPv6 message says.</summary>
    /// <param name="version">The message's version.</param>
    /// <param name="reporter">Its sender.</param>
    /// <param name="type">Its type.</param>
    /// <param name="code">Its code.</param>
    /// <param name="nextHopMtu">The MTU that it tells, in octets; 0 for none.</param>
    /// <param name="destination">Where the packet quoted was going.</param>
    /// <param name="timestamp">When it came, in ticks of the host's clock.</param>
    /// <param name="quoted">What it quotes of the packet's transport part.</param>
    public static NetworkError Icmp(
        IpVersion version, IpAddress reporter, byte type, byte code, int nextHopMtu, IpEndpoint? destination, long timestamp, ReadOnlyMemory<byte> quoted)
        => new(
            version == IpVersion.V6 ? NetworkErrorOrigin.Icmpv6 : NetworkErrorOrigin.Icmp,
            type,
            code,
            reporter,
            destination,
            nextHopMtu == 0 ? null : nextHopMtu,
            version == IpVersion.V6 ? NumberOfV6(type, code) : NumberOfV4(type, code),
            timestamp,
            quoted);

    // icmp_err_convert in net/ipv4/icmp.c of Linux.
    private static int NumberOfV4(byte type, byte code) => (type, code) switch
    {
        (3, 0 or 6 or 9 or 11) => NetworkUnreachable,
        (3, 2) => NoProtocolOption,
        (3, 3) => ConnectionRefused,
        (3, 4) => MessageSize,
        (12, _) => Protocol,
        _ => HostUnreachable,
    };

    // icmpv6_err_convert in net/ipv6/icmp.c of Linux.
    private static int NumberOfV6(byte type, byte code) => (type, code) switch
    {
        (1, 0) => NetworkUnreachable,
        (1, 1 or 5 or 6) => AccessDenied,
        (1, 4) => ConnectionRefused,
        (2, _) => MessageSize,
        (4, _) => Protocol,
        _ => HostUnreachable,
    };
}
