using System.Net.Sockets;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Portable;

/// <summary>What the managed API tells of errors: a code, and never who reported it.</summary>
internal static class SocketErrors
{
    public static HostRefusal Refuse(string what, SocketException exception) => new(
        exception.SocketErrorCode switch
        {
            SocketError.AccessDenied => HostRefusalKind.NotPermitted,
            SocketError.AddressFamilyNotSupported or SocketError.ProtocolNotSupported or SocketError.OperationNotSupported => HostRefusalKind.NotSupported,
            SocketError.AddressAlreadyInUse => HostRefusalKind.AddressInUse,
            _ => HostRefusalKind.Failed,
        },
        $"{what}: {exception.Message}.");

    /// <summary>An error without ICMP evidence, with Linux's number for it as the port has it.</summary>
    public static NetworkError Local(SocketError error, IpEndpoint? destination, TimeProvider time)
        => new(NetworkErrorOrigin.Local, 0, 0, null, destination, null, NumberOf(error), time.GetTimestamp(), default);

    /// <summary>How a read or write ended.</summary>
    public static StreamResult End(SocketError error, IpEndpoint remote, TimeProvider time, int count = 0) => error switch
    {
        SocketError.ConnectionReset or SocketError.ConnectionAborted => new StreamResult(StreamStatus.Reset, count),
        _ => new StreamResult(StreamStatus.Failed, count, Local(error, remote, time)),
    };

    private static int NumberOf(SocketError error) => error switch
    {
        SocketError.AccessDenied => Errno.AccessDenied,
        SocketError.AddressNotAvailable => Errno.AddressNotAvailable,
        SocketError.ConnectionAborted => Errno.ConnectionAborted,
        SocketError.ConnectionRefused => Errno.ConnectionRefused,
        SocketError.ConnectionReset => Errno.ConnectionReset,
        SocketError.HostDown => Errno.HostDown,
        SocketError.HostUnreachable => Errno.HostUnreachable,
        SocketError.MessageSize => Errno.MessageSize,
        SocketError.NetworkUnreachable => Errno.NetworkUnreachable,
        SocketError.NoBufferSpaceAvailable => Errno.NoBuffers,
        SocketError.NotConnected => Errno.NotConnected,
        SocketError.Shutdown => Errno.BrokenPipe,
        SocketError.TimedOut => Errno.TimedOut,
        SocketError.TooManyOpenSockets => Errno.TooManyFiles,
        _ => Errno.Protocol,
    };
}
