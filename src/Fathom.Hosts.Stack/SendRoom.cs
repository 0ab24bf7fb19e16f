using Fathom.Hosts.Internet;
using Fathom.Stack.Sockets;

namespace Fathom.Hosts.Stack;

/// <summary>Waits until a socket of the stack that takes whole messages has room for one: one call at a time.</summary>
/// <param name="driver">Drives the stack.</param>
/// <param name="socket">The socket.</param>
/// <param name="owner">Whose it is, for the exception of one that is closed.</param>
internal sealed class SendRoom(IStackDriver driver, StackSocket socket, object owner)
{
    private readonly Wait<object?> _wait = new(driver);
    private bool _isClosed;

    /// <summary>Sends; false where there is no room now.</summary>
    public delegate bool TrySend(out NetworkError? error);

    private bool HasRoom => (socket.Readiness & SocketReadiness.Writable) != 0;

    /// <summary>Waits and tries until it is sent, or can never be.</summary>
    public async ValueTask<NetworkError?> SendAsync(TrySend trySend, CancellationToken cancellation)
    {
        while (true)
        {
            ValueTask<object?> room;
            lock (driver.Gate)
            {
                ObjectDisposedException.ThrowIf(_isClosed, owner);
                room = HasRoom ? default : _wait.Begin(cancellation);
            }

            await room;
            if (trySend(out var error)) return error;
        }
    }

    /// <summary>The socket's readiness has changed. With the gate held.</summary>
    public void OnReady()
    {
        if (_wait.IsOpen && HasRoom) _wait.Complete(null);
    }

    /// <summary>The socket is closed: whoever waits learns it. With the gate held.</summary>
    /// <param name="closed">What it learns.</param>
    public void Close(ObjectDisposedException closed)
    {
        _isClosed = true;
        _wait.Fail(closed);
    }
}
