using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fathom.EndToEnd.Worlds;

/// <summary>
/// Opens sockets inside a network namespace. A socket belongs for life to the namespace of the thread that made it,
/// so a thread that enters the namespace, opens and ends is enough: accepting and sending may happen on any thread.
/// </summary>
internal static class NamespaceThread
{
    public static Socket Listen(string networkNamespace, IPEndPoint endpoint)
    {
        return Open(networkNamespace, () =>
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = true;
            }

            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(endpoint);
            socket.Listen();
            return socket;
        });
    }

    public static Socket BindDatagram(string networkNamespace, IPEndPoint endpoint)
    {
        return Open(networkNamespace, () =>
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(endpoint);
            return socket;
        });
    }

    private static Socket Open(string networkNamespace, Func<Socket> open)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/run/netns/{networkNamespace}");
                if (NativeMethods.SetNamespace(handle, NativeMethods.CloneNewNet) != 0)
                {
                    throw new InvalidOperationException($"setns({networkNamespace}): error {Marshal.GetLastPInvokeError()}");
                }

                socket = open();
            }
            catch (Exception exception) when (exception is IOException or SocketException or InvalidOperationException)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new InvalidOperationException($"No socket in {networkNamespace}.", failure);
    }
}
