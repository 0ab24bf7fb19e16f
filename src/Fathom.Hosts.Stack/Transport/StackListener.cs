using Fathom.Hosts.Transport;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack.Transport;

/// <summary>A listening socket of the stack.</summary>
internal sealed class StackListener : IStreamListener, ISocketOwner
{
    private readonly StackHost _host;
    private readonly TcpListener _listener;
    private readonly Wait<IStreamConnection> _accepting;
    private bool _isClosed;

    /// <summary>Takes the socket over. Called with the gate held.</summary>
    public StackListener(StackHost host, TcpListener listener)
    {
        _host = host;
        _listener = listener;
        _accepting = new Wait<IStreamConnection>(host.Driver);
        Local = listener.Local;
        listener.Owner = this;
    }

    public IpEndpoint Local { get; }

    public ValueTask<IStreamConnection> AcceptAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<IStreamConnection>(cancellation);
        lock (_host.Driver.Gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _accepting.ThrowIfBusy();
            return _listener.TryAccept(out var connection)
                ? new ValueTask<IStreamConnection>(new StackConnection(_host, connection))
                : _accepting.Begin(cancellation);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_host.Driver.Gate)
        {
            if (_isClosed) return default;
            _isClosed = true;
            _listener.Owner = null;
            _listener.Close();
            _accepting.Fail(new ObjectDisposedException(nameof(StackListener)));
            _host.Driver.Wake();
            return default;
        }
    }

    public void OnReady()
    {
        if (_accepting.IsOpen && _listener.TryAccept(out var connection)) _accepting.Complete(new StackConnection(_host, connection));
    }
}
