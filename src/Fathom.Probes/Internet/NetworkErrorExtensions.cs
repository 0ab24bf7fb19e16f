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
            _ => OfLocal(error.SystemError),
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
        (1, 1 or 5) => IcmpMeaning.Prohibited,
        (1, 4) => IcmpMeaning.PortUnreachable,
        (1, _) => IcmpMeaning.Unreachable,
        (2, _) => IcmpMeaning.TooBig,
        (3, 0) => IcmpMeaning.HopLimitExceeded,
        _ => IcmpMeaning.Other,
    };

    private static IcmpMeaning OfLocal(int errno) => errno switch
    {
        HostUnreachable => IcmpMeaning.NeighborUnresolved,
        NetworkUnreachable or NetworkDown => IcmpMeaning.NoRoute,
        AccessDenied or PermissionDenied or InvalidArgument => IcmpMeaning.LocallyProhibited,
        MessageTooLong => IcmpMeaning.TooBig,
        _ => IcmpMeaning.Other,
    };

    private static string DescribeLocal(int errno) => errno switch
    {
        HostUnreachable => "no route to host (the neighbor did not answer)",
        NetworkUnreachable => "network is unreachable (no route)",
        NetworkDown => "network is down",
        AccessDenied or PermissionDenied => "not permitted by a local rule",
        InvalidArgument => "refused by the local stack",
        MessageTooLong => "message too long for the interface",
        _ => $"local error {errno}",
    };
}
