using Fathom.Hosts.Internet;
using Fathom.Hosts.Stack.Internet;
using Fathom.Hosts.Transport;
using Fathom.Stack.Sockets;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Stack.Transport;

/// <summary>Opens one connection and tells how the attempt ended.</summary>
internal sealed class StackConnector(StackHost host, IpEndpoint remote, ConnectOptions options) : ISocketOwner
{
    private readonly Wait<object?> _wait = new(host.Driver);
    private TcpConnection? _connection;
    private bool _isConnected;

    public async ValueTask<ConnectResult> ConnectAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (options.Source is { } source && source.Version != remote.Address.Version)
        {
            throw new ArgumentException($"The source {source} and the destination {remote.Address} are of different versions.");
        }

        using var patience = new CancellationTokenSource(options.Timeout, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        ValueTask<object?> end;
        lock (host.Driver.Gate)
        {
            if (!host.Stack.Tcp.TryConnect(remote, Wanted(), out _connection, out var refusal)) return Refused(refusal);
            host.Driver.Wake();
            end = _wait.Begin(either.Token);
        }

        try
        {
            await end;
        }
        catch (OperationCanceledException)
        {
            // What came in the last moment counts.
            lock (host.Driver.Gate)
            {
                if (!cancellation.IsCancellationRequested) return Outcome() ?? GiveUp();
                GiveUp();
            }

            throw new OperationCanceledException(cancellation);
        }

        lock (host.Driver.Gate) return Outcome()!;
    }

    public void OnReady()
    {
        var readiness = _connection!.Readiness;
        _isConnected |= (readiness & SocketReadiness.Connected) != 0;
        if (_wait.IsOpen && (_isConnected || (readiness & SocketReadiness.Ended) != 0)) _wait.Complete(null);
    }

    private TcpConnectOptions Wanted() => new()
    {
        LocalAddress = options.Source,
        MaximumSegmentSize = options.MaximumSegmentSize,
        HopLimit = options.HopLimit,
        Owner = this,
    };

    private ConnectResult? Outcome()
    {
        var connection = _connection!;
        OnReady();

        // What was open and has ended since is a connection all the same: its first read tells.
        if (connection.Ending is { } ending && !_isConnected)
        {
            connection.Owner = null;
            connection.Close();
            return Ended(ending) with { Local = connection.Local, Errors = ErrorsOf(ending) };
        }

        if (!_isConnected) return null;
        return new ConnectResult.Connected(new StackConnection(host, connection)) { Local = connection.Local };
    }

    private ConnectResult.TimedOut GiveUp()
    {
        var connection = _connection!;
        var result = new ConnectResult.TimedOut(TcpFigures.Of(connection)) { Local = connection.Local };
        connection.Owner = null;
        connection.Abort();
        host.Driver.Wake();
        return result;
    }

    private ConnectResult Ended(TcpEnding ending) => ending.Kind switch
    {
        TcpEndingKind.Refused or TcpEndingKind.Reset => new ConnectResult.Reset(),
        TcpEndingKind.Unreachable when ending.Error is { } error => new ConnectResult.Unreachable(host.ErrorOf(error, remote)),
        TcpEndingKind.TimedOut or TcpEndingKind.KeepAliveTimedOut => new ConnectResult.TimedOut(TcpFigures.Of(_connection!)),
        _ => new ConnectResult.Unreachable(LocalError(NetworkErrors.HostUnreachable)),
    };

    private IReadOnlyList<NetworkError> ErrorsOf(TcpEnding ending) => ending.Error is { } error ? [host.ErrorOf(error, remote)] : [];

    private ConnectResult Refused(TcpRefusal refusal) => refusal switch
    {
        TcpRefusal.NoRoute or TcpRefusal.AddressNotUsable => new ConnectResult.Unreachable(LocalError(NetworkErrors.NetworkUnreachable)),
        TcpRefusal.AddressNotLocal => new ConnectResult.Refused(new HostRefusal(HostRefusalKind.Failed, $"{options.Source} cannot be the source address: it is none of this host's.")),
        TcpRefusal.AddressInUse => new ConnectResult.Refused(new HostRefusal(HostRefusalKind.AddressInUse, $"There is a connection with the same ends to {remote}.")),
        TcpRefusal.NoPort => new ConnectResult.Refused(new HostRefusal(HostRefusalKind.Failed, $"{remote} cannot be tried: all ports for clients are taken.")),
        _ => new ConnectResult.Refused(new HostRefusal(HostRefusalKind.Failed, $"{remote} cannot be tried: the stack has as many connections as it may have.")),
    };

    private NetworkError LocalError(int number) => NetworkErrors.Local(number, remote, host.Time.GetTimestamp());
}
