using Fathom.Hosts.Internet;
using Fathom.Hosts.Stack.Internet;
using Fathom.Hosts.Transport;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack.Transport;

/// <summary>A connection of the stack. What can be done at once is done inside the call; else the caller waits for the socket to be ready, and nothing is allocated for it.</summary>
internal sealed class StackConnection : IStreamConnection, ISocketOwner
{
    private readonly StackHost _host;
    private readonly TcpConnection _connection;
    private readonly Wait<StreamResult> _reading;
    private readonly Wait<StreamResult> _writing;
    private Memory<byte> _destination;
    private ReadOnlyMemory<byte> _source;
    private int _written;
    private bool _isShutDown;
    private bool _isClosed;
    private bool _isErrorTaken;

    /// <summary>Takes an established connection over. Called with the gate held.</summary>
    public StackConnection(StackHost host, TcpConnection connection)
    {
        _host = host;
        _connection = connection;
        _reading = new Wait<StreamResult>(host.Driver);
        _writing = new Wait<StreamResult>(host.Driver);
        Local = connection.Local;
        Remote = connection.Remote;

        // Whoever writes here writes whole messages: Nagle (RFC 9293 §3.7.4) would only hold their tails back.
        connection.NoDelay = true;
        connection.Owner = this;
    }

    public IpEndpoint Local { get; }

    public IpEndpoint Remote { get; }

    public ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (buffer.IsEmpty) throw new ArgumentException("The buffer is empty.", nameof(buffer));
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<StreamResult>(cancellation);
        lock (_host.Driver.Gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _reading.ThrowIfBusy();
            if (TryRead(buffer.Span, out var result))
            {
                // Room was made: the window may open (RFC 9293 §3.8.6.2.2).
                if (result.Count > 0) _host.Driver.Wake();
                return new ValueTask<StreamResult>(result);
            }

            _destination = buffer;
            return _reading.Begin(cancellation);
        }
    }

    public ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<StreamResult>(cancellation);
        lock (_host.Driver.Gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _writing.ThrowIfBusy();
            _source = bytes;
            _written = 0;
            var isDone = TryWrite(out var result);
            if (_written > 0) _host.Driver.Wake();
            if (!isDone) return _writing.Begin(cancellation);
            _source = default;
            return new ValueTask<StreamResult>(result);
        }
    }

    public ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<StreamResult>(cancellation);
        lock (_host.Driver.Gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_connection.Ending is { Kind: not TcpEndingKind.Closed } ending) return new ValueTask<StreamResult>(ResultOf(ending));
            _isShutDown = true;
            _connection.ShutdownWrite();
            _host.Driver.Wake();
            return new ValueTask<StreamResult>(new StreamResult(StreamStatus.Ok, 0));
        }
    }

    public void Abort()
    {
        lock (_host.Driver.Gate)
        {
            if (_isClosed) return;
            _connection.Abort();
            Close();
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_host.Driver.Gate)
        {
            if (_isClosed) return default;
            _connection.Close();
            Close();
            return default;
        }
    }

    public HostResult<TcpConnectionInfo> GetTcpInfo()
    {
        lock (_host.Driver.Gate) return TcpFigures.Of(_connection);
    }

    public IReadOnlyList<NetworkError> TakeErrors()
    {
        lock (_host.Driver.Gate)
        {
            if (_isErrorTaken || _connection.Ending?.Error is not { } error) return [];
            _isErrorTaken = true;
            return [ErrorOf(error)];
        }
    }

    public void OnReady()
    {
        if (_reading.IsOpen && TryRead(_destination.Span, out var result))
        {
            _destination = default;
            _reading.Complete(result);
        }

        if (_writing.IsOpen && TryWrite(out result))
        {
            _source = default;
            _writing.Complete(result);
        }
    }

    private bool TryRead(Span<byte> destination, out StreamResult result)
    {
        var count = _connection.Read(destination);
        if (count > 0)
        {
            result = new StreamResult(StreamStatus.Ok, count);
            return true;
        }

        // How it ended comes first: what a reset took away is no end of the stream.
        if (_connection.Ending is { } ending) result = ResultOf(ending);
        else result = _connection.IsReadEnded ? new StreamResult(StreamStatus.End, 0) : default;
        return result.Status != StreamStatus.None;
    }

    // What was taken stays counted, over as many calls as it needs.
    private bool TryWrite(out StreamResult result)
    {
        var rest = _source.Span[_written..];
        while (!rest.IsEmpty)
        {
            var taken = _connection.Write(rest);
            if (taken < 0)
            {
                result = _connection.Ending is { Kind: not TcpEndingKind.Closed } ending && !_isShutDown ? ResultOf(ending) : Failed(NetworkErrors.BrokenPipe);
                return true;
            }

            if (taken == 0)
            {
                result = default;
                return false;
            }

            _written += taken;
            rest = rest[taken..];
        }

        result = new StreamResult(StreamStatus.Ok, _written);
        return true;
    }

    private void Close()
    {
        _isClosed = true;
        _connection.Owner = null;
        var closed = new ObjectDisposedException(nameof(StackConnection));
        _reading.Fail(closed);
        _writing.Fail(closed);
        _host.Driver.Wake();
    }

    private StreamResult ResultOf(TcpEnding ending) => ending.Kind switch
    {
        TcpEndingKind.Closed => new StreamResult(StreamStatus.End, 0),
        TcpEndingKind.Reset or TcpEndingKind.Refused => new StreamResult(StreamStatus.Reset, 0),
        _ when ending.Error is { } error => new StreamResult(StreamStatus.Failed, 0, ErrorOf(error)),
        _ => Failed(NetworkErrors.TimedOut),
    };

    private StreamResult Failed(int number) => new(StreamStatus.Failed, 0, NetworkErrors.Local(number, Remote, _host.Time.GetTimestamp()));

    private NetworkError ErrorOf(TcpIcmpError error) => _host.ErrorOf(error, Remote);
}
