using Fathom.Stack.Sockets;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Calls that open and close.</summary>
internal sealed partial class Calls
{
    private CallOutcome OpenSocket(CallAction call)
    {
        var type = Argument(call, 1) ?? 0;
        var protocol = Argument(call, 2) ?? 0;
        var kind = (type & 0xFF, protocol) switch
        {
            (1, 0 or 6) => SocketKind.Stream,
            (2, 0 or 17) => SocketKind.Datagram,
            _ => (SocketKind?)null,
        };
        if (kind is not { } known) return CallOutcome.NotApplicable($"a socket of {string.Join(", ", call.Arguments)}");
        var socket = new ScriptSocket(known) { IsNonBlocking = (type & 0x800) != 0, Space = configuration.SendSpace.Copy() };
        if (known == SocketKind.Datagram && OpenDatagrams(socket) is { } errno) return CallOutcome.Failed(errno);
        return Bind(call, socket);
    }

    private CallOutcome OpenFile(CallAction call)
    {
        if (call.Arguments is not [Expression.Text path, ..]) return CallOutcome.NotApplicable("open() without a path");
        return configuration.Files.TryGetValue(path.Value, out var length)
            ? Bind(call, new ScriptSocket(SocketKind.File) { FileLeft = length })
            : CallOutcome.NotApplicable($"open() of {path.Value}, which no shell text has made");
    }

    private CallOutcome BindAddress(ScriptSocket socket, CallAction call)
    {
        if (!TryReadAddress(call, 1, new IpEndpoint(options.Local, options.BindPort), out var endpoint)) return CallOutcome.NotApplicable("bind() to that address");
        if (socket.Bound is not null || socket.Connection is not null || socket.Listener is not null) return CallOutcome.Failed("EINVAL");
        if (endpoint.Address.IsUnspecified) endpoint = new IpEndpoint(options.Local, endpoint.Port);
        socket.Bound = endpoint;
        return CallOutcome.Done(0);
    }

    private CallOutcome Listen(ScriptSocket socket, CallAction call)
    {
        var local = socket.Bound ?? new IpEndpoint(options.Local, options.BindPort);
        if (socket.Listener is not null) return CallOutcome.Done(0);
        var settings = new TcpListenOptions
        {
            Backlog = (int)(Argument(call, 1) ?? 1),
            Settings = socket.Options.Over(host.Stack.Tcp.Settings),
            MaximumSegmentSize = socket.Options.MaximumSegmentSize,
            Owner = socket,
        };
        if (!host.Stack.Tcp.TryListen(local, settings, out var listener, out var refusal)) return CallOutcome.Failed(Errors.Of(refusal));
        socket.Kind = SocketKind.Listener;
        socket.Listener = listener;
        return CallOutcome.Done(0);
    }

    // What a listener tells its connections stands in its settings.
    private CallOutcome ListenAnew(ScriptSocket socket, TcpListener before)
    {
        var settings = new TcpListenOptions { Backlog = before.Backlog, Settings = socket.Options.Over(host.Stack.Tcp.Settings), MaximumSegmentSize = socket.Options.MaximumSegmentSize, Owner = socket };
        before.Close();
        if (!host.Stack.Tcp.TryListen(before.Local, settings, out var listener, out var refusal)) return CallOutcome.Failed(Errors.Of(refusal));
        socket.Listener = listener;
        return CallOutcome.Done(0);
    }

    private CallOutcome Accept(ScriptSocket socket, CallAction call)
    {
        if (socket.Listener is not { } listener) return CallOutcome.Failed("EINVAL");
        if (!listener.TryAccept(out var connection)) return socket.IsNonBlocking ? CallOutcome.Failed("EAGAIN") : CallOutcome.Waits;
        var flags = call.Name == "accept4" ? Argument(call, 3) ?? 0 : 0;
        var accepted = new ScriptSocket(SocketKind.Connection)
        {
            Connection = connection,
            IsNonBlocking = (flags & 0x800) != 0,
            Options = socket.Options,
            Space = socket.Space.Copy(),
            ConnectTold = true,
        };
        connection.Owner = accepted;
        Apply(accepted);
        return Bind(call, accepted);
    }

    private CallOutcome Connect(ScriptSocket socket, CallAction call)
    {
        if (!TryReadAddress(call, 1, new IpEndpoint(options.Remote, options.ConnectPort), out var remote)) return CallOutcome.NotApplicable("connect() to that address");
        if (socket.Kind == SocketKind.Datagram) return ConnectDatagrams(socket, remote);
        if (socket.Connection is { } connection) return ConnectAgain(socket, connection);
        var settings = new TcpConnectOptions
        {
            LocalAddress = socket.Bound?.Address,
            LocalPort = socket.Bound?.Port ?? 0,
            Settings = socket.Options.Over(host.Stack.Tcp.Settings),
            MaximumSegmentSize = socket.Options.MaximumSegmentSize,
            Owner = socket,
        };
        host.PumpQuietly(); // the stack's clock goes on with what its driver does
        if (!host.Stack.Tcp.TryConnect(remote, settings, out var opened, out var refusal)) return CallOutcome.Failed(Errors.Of(refusal));
        socket.Kind = SocketKind.Connection;
        socket.Connection = opened;
        socket.Peer = remote;
        Current = socket;
        Apply(socket);
        return socket.IsNonBlocking ? CallOutcome.Failed("EINPROGRESS") : CallOutcome.Waits;
    }

    private static CallOutcome ConnectAgain(ScriptSocket socket, TcpConnection connection)
    {
        if (connection.Ending is not null) return Fail(socket, "ECONNABORTED");
        if (connection.State is TcpState.SynSent or TcpState.SynReceived) return socket.IsNonBlocking ? CallOutcome.Failed("EALREADY") : CallOutcome.Waits;
        if (socket.ConnectTold) return CallOutcome.Failed("EISCONN");
        socket.ConnectTold = true;
        return CallOutcome.Done(0);
    }

    private CallOutcome Close(long descriptor, ScriptSocket socket)
    {
        _sockets.Remove(descriptor);
        socket.Listener?.Close();
        socket.Datagrams?.Close();
        if (socket.Connection is not { } connection) return CallOutcome.Done(0);
        if (socket.Options.Linger == 0) connection.Abort();
        else connection.Close();
        return CallOutcome.Done(0);
    }

    private static CallOutcome Shutdown(ScriptSocket socket, CallAction call)
    {
        var how = Argument(call, 1);
        if (how is not (0 or 1 or 2)) return CallOutcome.Failed("EINVAL");
        if (socket.Connection is not { } connection || connection.Ending is not null) return CallOutcome.Failed("ENOTCONN");
        if (how is 0 or 2) socket.IsReadShut = true;
        if (how is 1 or 2) connection.ShutdownWrite();
        return CallOutcome.Done(0);
    }

    // What a connection is told when it exists; the rest stood in its settings. How much may wait is this runner's affair: see SendSpace.
    private static void Apply(ScriptSocket socket)
    {
        if (socket.Connection is not { } connection) return;
        var chosen = socket.Options;
        connection.NoDelay = chosen.NoDelay;
        connection.Cork = chosen.Cork;
        if (chosen.UserTimeout is { } timeout) connection.UserTimeout = timeout;
        if (chosen.KeepAlive) connection.KeepAlive = chosen.KeepAliveTimes;
        if (chosen.TrafficClass is { } trafficClass) connection.Dscp = (byte)(trafficClass >> 2);
        if (chosen.HopLimit is { } hopLimit) connection.HopLimit = hopLimit;
    }

    /// <summary>The error of a connection that ended, told once; then the stream is only closed.</summary>
    private static CallOutcome Fail(ScriptSocket socket, string otherwise)
    {
        var errno = socket.ErrorOf() ?? otherwise;
        socket.ErrorTold = true;
        return CallOutcome.Failed(errno);
    }

    private static bool TryReadAddress(CallAction call, int index, IpEndpoint otherwise, out IpEndpoint endpoint)
    {
        endpoint = otherwise;
        if (index >= call.Arguments.Count || call.Arguments[index] is Expression.Default) return true;
        if (call.Arguments[index] is not Expression.Structure structure) return false;
        var port = structure["sin_port"] ?? structure["sin6_port"];
        var text = structure["sin_addr"] ?? structure["sin6_addr"];
        if (port is null || Symbols.Evaluate(port) is not (>= 0 and <= ushort.MaxValue and var number)) return false;
        var address = otherwise.Address;
        if (text is Expression.Call { Arguments: [Expression.Text written] } && !IpAddress.TryParse(written.Value, out address)) return false;
        endpoint = new IpEndpoint(address, (ushort)number);
        return true;
    }
}
