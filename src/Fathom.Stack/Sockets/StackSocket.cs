namespace Fathom.Stack.Sockets;

/// <summary>What every socket of the stack shares: it tells its owner that something has changed.</summary>
public abstract class StackSocket
{
    private readonly SocketQueue _queue;

    private protected StackSocket(SocketQueue queue) => _queue = queue;

    /// <summary>Whatever the owner ties to the socket, so that a ready socket leads back to it.</summary>
    public object? Owner { get; set; }

    /// <summary>What can be done now.</summary>
    public abstract SocketReadiness Readiness { get; }

    /// <summary>It stands in the queue of those whose readiness has changed.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>The next one in that queue.</summary>
    internal StackSocket? NextQueued { get; set; }

    /// <summary>Tells the owner, once until it looks.</summary>
    private protected void Signal() => _queue.Add(this);
}
