using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>The calls of a script, made on the stack's own sockets. Each becomes a step that is tried until it no longer waits.</summary>
internal sealed partial class Calls(VirtualHost host, Configuration configuration, ScriptOptions options)
{
    private readonly Dictionary<long, ScriptSocket> _sockets = [];

    /// <summary>The connection that code blocks ask about: the one that a call touched last.</summary>
    public ScriptSocket? Current { get; private set; }

    /// <summary>The window of the SYN that was injected last: not scaled, and often larger than those that follow.</summary>
    public int SynWindow { get; set; }

    /// <summary>Something changed: edge-triggered sets take note.</summary>
    public void Observe()
    {
        foreach (var socket in _sockets.Values)
        {
            foreach (var item in socket.EpollItems) Observe(item);
        }
    }

    /// <summary>Makes a call ready to be tried.</summary>
    public Func<CallOutcome> Prepare(CallAction call)
    {
        var arguments = call.Arguments;
        switch (call.Name)
        {
            case "socket":
                return () => OpenSocket(call);
            case "open":
                return () => OpenFile(call);
            case "epoll_create" or "epoll_create1":
                return () => Bind(call, new ScriptSocket(SocketKind.Epoll));
            case "pipe" or "splice" or "cap_set" or "sendmmsg" or "recvmmsg" or "fork" or "kill" or "sleep":
                return () => CallOutcome.NotApplicable($"{call.Name}() has nothing to do with TCP");
            case "poll":
                return PreparePoll(call);
        }

        if (arguments.Count == 0 || Symbols.Evaluate(arguments[0]) is not { } descriptor) return () => CallOutcome.NotApplicable($"{call.Name}() is not known to this runner");
        if (call.Name == "sendfile") return PrepareSendFile(call);
        if (!_sockets.TryGetValue(descriptor, out var socket)) return static () => CallOutcome.Failed("EBADF");
        if (socket.Connection is not null || socket.Kind == SocketKind.Datagram) Current = socket;
        return call.Name switch
        {
            "bind" => () => BindAddress(socket, call),
            "listen" => () => Listen(socket, call),
            "accept" or "accept4" => () => Accept(socket, call),
            "connect" => () => Connect(socket, call),
            "close" => () => Close(descriptor, socket),
            "shutdown" => () => Shutdown(socket, call),
            "fcntl" => () => Control(socket, call),
            "ioctl" => () => InputOutputControl(socket, call),
            "setsockopt" => () => SetOption(socket, call),
            "getsockopt" => () => GetOption(socket, call),
            "read" or "recv" or "recvfrom" or "recvmsg" or "readv" => PrepareRead(socket, call),
            "write" or "send" or "sendto" or "sendmsg" or "writev" => PrepareWrite(socket, call),
            "epoll_ctl" => () => EpollControl(socket, call),
            "epoll_wait" or "epoll_pwait" => PrepareEpollWait(socket, call),
            _ => () => CallOutcome.NotApplicable($"{call.Name}() is not known to this runner"),
        };
    }

    /// <summary>Ties what a call made to the number that the script expects of it.</summary>
    private CallOutcome Bind(CallAction call, ScriptSocket socket)
    {
        if (Symbols.Evaluate(call.Result) is not { } descriptor || descriptor < 0) descriptor = 3 + _sockets.Count;
        _sockets[descriptor] = socket;
        Current = socket.Connection is null && Current is not null ? Current : socket;
        return CallOutcome.Done(descriptor);
    }

    private static long? Argument(CallAction call, int index) => index < call.Arguments.Count ? Symbols.Evaluate(call.Arguments[index]) : null;

    private static bool IsNull(CallAction call, int index) => index < call.Arguments.Count && call.Arguments[index] is Expression.Symbol { Name: "NULL" };
}
