using Fathom.Hosts.Transport;
using Fathom.Stack;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Stack.Transport;

/// <summary>The sockets of a stack as the port lists them.</summary>
internal static class SocketList
{
    /// <summary>The list. Called with the gate held.</summary>
    public static HostSockets Of(NetworkStack stack)
    {
        var sockets = new List<HostSocket>();
        foreach (var listener in stack.Tcp.Listeners)
        {
            sockets.Add(new HostSocket(IpProtocol.Tcp, TcpStates.Listen, listener.Local, null) { IsV6Only = listener.Local.Address.IsV6 });
        }

        foreach (var connection in stack.Tcp.Connections)
        {
            sockets.Add(new HostSocket(IpProtocol.Tcp, TcpStateNames.Of(connection.State), connection.Local, connection.Remote)
            {
                ReceiveQueue = connection.Available,
                SendQueue = connection.Unsent + connection.Unacknowledged,
            });
        }

        foreach (var (local, remote) in stack.Tcp.TimeWaits) sockets.Add(new HostSocket(IpProtocol.Tcp, TcpStates.TimeWait, local, remote));

        foreach (var socket in stack.Udp.Sockets)
        {
            sockets.Add(new HostSocket(IpProtocol.Udp, null, socket.Local, socket.Remote) { IsV6Only = socket.Local.Address.IsV6 });
        }

        var settings = stack.Tcp.Settings;
        return new HostSockets(sockets, settings.FirstClientPort, settings.LastClientPort);
    }
}
