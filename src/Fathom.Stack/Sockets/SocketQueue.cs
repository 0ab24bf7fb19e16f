using System.Diagnostics.CodeAnalysis;

namespace Fathom.Stack.Sockets;

/// <summary>Sockets whose readiness has changed since their owner looked, each once, in the order of the changes.</summary>
internal sealed class SocketQueue
{
    private StackSocket? _first;
    private StackSocket? _last;

    public void Add(StackSocket socket)
    {
        if (socket.IsQueued || socket.Owner is null) return;
        socket.IsQueued = true;
        if (_last is null) _first = socket;
        else _last.NextQueued = socket;
        _last = socket;
    }

    public bool TryTake([NotNullWhen(true)] out StackSocket? socket)
    {
        socket = _first;
        if (socket is null) return false;
        _first = socket.NextQueued;
        if (_first is null) _last = null;
        socket.NextQueued = null;
        socket.IsQueued = false;
        return true;
    }
}
