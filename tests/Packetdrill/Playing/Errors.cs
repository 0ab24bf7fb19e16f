using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;

namespace Packetdrill.Playing;

/// <summary>Names of Linux's errors for what happened to a connection.</summary>
internal static class Errors
{
    public static string? Of(TcpEnding ending) => ending.Kind switch
    {
        TcpEndingKind.Refused => "ECONNREFUSED",
        TcpEndingKind.Reset => "ECONNRESET",
        TcpEndingKind.TimedOut or TcpEndingKind.KeepAliveTimedOut => "ETIMEDOUT",
        TcpEndingKind.Unreachable when ending.Error is { } error => Of(error),
        TcpEndingKind.Unreachable => "EHOSTUNREACH",
        _ => null,
    };

    public static string Of(TcpRefusal refusal) => refusal switch
    {
        TcpRefusal.AddressInUse => "EADDRINUSE",
        TcpRefusal.AddressNotLocal => "EADDRNOTAVAIL",
        TcpRefusal.NoRoute => "ENETUNREACH",
        TcpRefusal.NoPort => "EADDRNOTAVAIL",
        _ => "EINVAL",
    };

    private static string Of(TcpIcmpError error) => error.Reporter.IsV6
        ? (Icmpv6Type)error.Type == Icmpv6Type.DestinationUnreachable
            ? (Icmpv6UnreachableCode)error.Code switch
            {
                Icmpv6UnreachableCode.NoRoute => "ENETUNREACH",
                Icmpv6UnreachableCode.CommunicationProhibited or Icmpv6UnreachableCode.SourceAddressFailedPolicy or Icmpv6UnreachableCode.RejectRoute => "EACCES",
                Icmpv6UnreachableCode.Port => "ECONNREFUSED",
                _ => "EHOSTUNREACH",
            }
            : (Icmpv6Type)error.Type == Icmpv6Type.ParameterProblem ? "EPROTO" : "EHOSTUNREACH"
        : (IcmpType)error.Type == IcmpType.DestinationUnreachable
            ? (IcmpUnreachableCode)error.Code switch
            {
                IcmpUnreachableCode.Network or IcmpUnreachableCode.NetworkUnknown or IcmpUnreachableCode.NetworkProhibited or IcmpUnreachableCode.NetworkForTypeOfService => "ENETUNREACH",
                IcmpUnreachableCode.Protocol => "ENOPROTOOPT",
                IcmpUnreachableCode.Port => "ECONNREFUSED",
                IcmpUnreachableCode.FragmentationNeeded => "EMSGSIZE",
                IcmpUnreachableCode.SourceRouteFailed => "EOPNOTSUPP",
                IcmpUnreachableCode.HostUnknown => "EHOSTDOWN",
                IcmpUnreachableCode.SourceHostIsolated => "ENONET",
                _ => "EHOSTUNREACH",
            }
            : (IcmpType)error.Type == IcmpType.ParameterProblem ? "EPROTO" : "EHOSTUNREACH";
}
