using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Sockets;

/// <summary>Sockets of this host for people.</summary>
internal static class SocketText
{
    /// <summary>"nc (812)": name and process; the kernel, where no program has it open; what can be told of it where that is hidden.</summary>
    public static string Owner(HostSocket socket) => socket.Owners switch
    {
        null => socket.UserId is { } user ? $"of user {Amount.Number(user)}, hidden" : "not told",
        [] => "the kernel",
        var owners => string.Join(", ", owners.DistinctBy(static o => o.ProcessId).Select(static o => $"{o.Name} ({Amount.Number(o.ProcessId)})")),
    };

    /// <summary>"tcp" or "udp".</summary>
    public static string Transport(HostSocket socket) => socket.Protocol == IpProtocol.Udp ? "udp" : "tcp";

    /// <summary>Why a socket keeps others from its address and port, and what can be done.</summary>
    public static string Conflict(HostSocket socket)
    {
        var where = socket.Remote is { } remote ? $"{socket.Local} to {remote}" : $"{socket.Local}";
        var left = socket.Timer is { } timer ? $", {Amount.Time(timer)} left" : string.Empty;
        return socket.State switch
        {
            TcpStates.Listen => $"held by {where} in LISTEN{Of(socket)}: two cannot listen at one address and port, with SO_REUSEADDR or without",
            TcpStates.TimeWait => $"held by {where} in TIME-WAIT{left}, owned by the kernel: SO_REUSEADDR (--reuse-address=true) takes the port beside it",
            null => $"held by {where}{Of(socket)}",
            _ => $"held by {where} in {socket.State}{Of(socket)}: the listener that accepted it is gone, the connection is not",
        };
    }

    // Whose it is, where that is told.
    private static string Of(HostSocket socket) => socket is { Owners: null, UserId: null } ? string.Empty : $", of {Owner(socket)}";
}
