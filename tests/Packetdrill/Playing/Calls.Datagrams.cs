using Fathom.Stack.Sockets;
using Fathom.Stack.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Calls on UDP sockets.</summary>
internal sealed partial class Calls
{
    private string? OpenDatagrams(ScriptSocket socket)
    {
        // A UDP socket exists from its first use on; its port may be bound before that.
        socket.Space.IsLocked = true;
        return null;
    }

    private UdpSocket? DatagramsOf(ScriptSocket socket)
    {
        if (socket.Datagrams is { } open) return open;
        var local = socket.Bound ?? new IpEndpoint(options.IsV6 ? IpAddress.AnyV6 : IpAddress.AnyV4, 0);
        if (!host.Stack.Udp.TryOpen(local, out var opened, out _)) return null;
        socket.Datagrams = opened;
        opened.Owner = socket;
        return opened;
    }

    private CallOutcome ConnectDatagrams(ScriptSocket socket, IpEndpoint remote)
    {
        if (DatagramsOf(socket) is not { } open) return CallOutcome.Failed("EADDRINUSE");
        socket.Peer = remote;
        return open.Connect(remote) == UdpRefusal.None ? CallOutcome.Done(0) : CallOutcome.Failed("ENETUNREACH");
    }

    private CallOutcome SendDatagram(ScriptSocket socket, CallAction call, long length)
    {
        var remote = socket.Peer ?? new IpEndpoint(options.Remote, options.ConnectPort);
        if (call.Name == "sendto" && !TryReadAddress(call, 4, remote, out remote)) return CallOutcome.NotApplicable("sendto() to that address");
        if (length > 65_507) return CallOutcome.Failed("EMSGSIZE");
        if (DatagramsOf(socket) is not { } open) return CallOutcome.Failed("EADDRINUSE");
        var result = open.Send(new byte[length], socket.Peer is null ? remote : null);
        return result == DatagramSendResult.Sent ? CallOutcome.Done(length) : CallOutcome.Failed("ENETUNREACH");
    }

    private CallOutcome ReceiveDatagram(ScriptSocket socket, long wanted, long flags)
    {
        if (DatagramsOf(socket) is not { } open) return CallOutcome.Failed("EADDRINUSE");
        if (!open.TryReceive(_scratch, out var received)) return socket.IsNonBlocking || (flags & DontWait) != 0 ? CallOutcome.Failed("EAGAIN") : CallOutcome.Waits;
        return received.Error is null ? CallOutcome.Done(Math.Min(wanted, received.Length)) : CallOutcome.Failed("ECONNREFUSED");
    }

    private static long DatagramEvents(ScriptSocket socket)
    {
        var readiness = socket.Datagrams?.Readiness ?? SocketReadiness.Writable;
        return ((readiness & SocketReadiness.Readable) != 0 ? In | Normal : 0) | ((readiness & SocketReadiness.Writable) != 0 ? Out | WriteNormal : 0);
    }
}
