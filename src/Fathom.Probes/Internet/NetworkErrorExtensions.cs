using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet;

/// <summary>Reads the meaning of errors.</summary>
public static class NetworkErrorExtensions
{
    // Linux errno values; the lab uses the same, so that one table serves all hosts.
    private const int PermissionDenied = 1;
    private const int AccessDenied = 13;
    private const int MessageTooLong = 90;
    private const int NetworkDown = 100;
    private const int NetworkUnreachable = 101;
    private const int HostUnreachable = 113;
    private const int ConnectionRefused = 111;
    private const int InvalidArgument = 22;

    /// <summary>The meaning, by RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1 and RFC 4443 §3.</summary>
    /// <param name="error">The error.</param>
    /// <param name="ownAddresses">
    /// This host's addresses: Linux reports a failed neighbor resolution as ICMP host unreachable from itself.
    /// </param>
    public static IcmpMeaning GetMeaning(this NetworkError error, IReadOnlyCollection<IpAddress> ownAddresses)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(ownAddresses);
        var meaning = error.Origin switch
        {
            NetworkErrorOrigin.Icmp => OfIcmp(error.Type, error.Code),
            NetworkErrorOrigin.Icmpv6 => OfIcmpv6(error.Type, error.Code),
            _ => OfLocal(error),
        };
        var isOwn = error.Reporter is { } reporter && ownAddresses.Contains(reporter.WithZone(0));
        return isOwn && meaning == IcmpMeaning.Unreachable ? IcmpMeaning.NeighborUnresolved : meaning;
    }

    /// <summary>The ICMP message in words, with who sent it: "host unreachable from 192.0.2.1".</summary>
    /// <param name="error">The error.</param>
    public static string Describe(this NetworkError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var what = error.Origin switch
        {
            NetworkErrorOrigin.Icmp => "ICMP " + IcmpText.Describe((IcmpType)error.Type, error.Code),
            NetworkErrorOrigin.Icmpv6 => "ICMPv6 " + Icmpv6Text.Describe((Icmpv6Type)error.Type, error.Code),
            _ when IsRejectedHere(error) => (error.Destination is { Address.IsV6: true } ? "ICMPv6 " + Icmpv6Text.Describe((Icmpv6Type)error.Type, error.Code) : "ICMP " + IcmpText.Describe((IcmpType)error.Type, error.Code)) + " from this machine itself",
            _ => DescribeLocal(error.SystemError),
        };
        if (error.NextHopMtu is { } mtu) what += $", MTU {mtu}";
        return error.Reporter is { } reporter ? $"{what} from {reporter}" : what;
    }

    private static IcmpMeaning OfIcmp(byte type, byte code) => (type, code) switch
    {
        (3, 2) => IcmpMeaning.ProtocolUnreachable,
        (3, 3) => IcmpMeaning.PortUnreachable,
        (3, 4) => IcmpMeaning.TooBig,
        (3, 9 or 10 or 13) => IcmpMeaning.Prohibited,
        (3, _) => IcmpMeaning.Unreachable,
        (11, 0) => IcmpMeaning.HopLimitExceeded,
        _ => IcmpMeaning.Other,
    };

    private static IcmpMeaning OfIcmpv6(byte type, byte code) => (type, code) switch
    {
        (1, 1 or 5 or 6) => IcmpMeaning.Prohibited,
        (1, 4) => IcmpMeaning.PortUnreachable,
        (1, _) => IcmpMeaning.Unreachable,
        (2, _) => IcmpMeaning.TooBig,
        (3, 0) => IcmpMeaning.HopLimitExceeded,
        _ => IcmpMeaning.Other,
    };

    private static IcmpMeaning OfLocal(NetworkError error) => error.SystemError switch
    {
        _ when IsRejectedHere(error) => IcmpMeaning.LocallyProhibited,

        // Without a message there was no RST either: the host would have said so otherwise.
        ConnectionRefused => IcmpMeaning.LocallyProhibited,
        HostUnreachable => IcmpMeaning.NeighborUnresolved,
        NetworkUnreachable or NetworkDown => IcmpMeaning.NoRoute,
        AccessDenied or PermissionDenied or InvalidArgument => IcmpMeaning.LocallyProhibited,
        MessageTooLong => IcmpMeaning.TooBig,
        _ => IcmpMeaning.Other,
    };

    // A host tells itself of a failed neighbor resolution by one message: host unreachable (RFC 1122 §3.3.4.2) or, in IPv6, address unreachable (RFC 4861 §7.2.2).
    // Any other unreachable that it sends itself is its firewall's word.
    private static bool IsRejectedHere(NetworkError error) => error.Origin == NetworkErrorOrigin.Local && error.SystemError != MessageTooLong
        && (error.Destination is { Address.IsV6: true } ? error is { Type: 1, Code: not 3 } : error is { Type: 3, Code: not (1 or 4) });

    private static string DescribeLocal(int errno) => errno switch
    {
        HostUnreachable => "no route to host (the neighbor did not answer)",
        NetworkUnreachable => "network is unreachable (no route)",
        NetworkDown => "network is down",
        AccessDenied or PermissionDenied => "not permitted by a local rule",
        InvalidArgument => "refused by the local stack",
        ConnectionRefused => "rejected by a local rule",
        MessageTooLong => "message too long for the interface",
        _ => $"local error {errno}",
    };
}
