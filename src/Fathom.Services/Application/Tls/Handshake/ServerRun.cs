using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Application.Tls.Certificates;
using Fathom.Probes.Application.Tls.Handshake;
using Fathom.Wire.Application.Tls;

namespace Fathom.Services.Application.Tls.Handshake;

/// <summary>One handshake as a server over one connection.</summary>
internal sealed class ServerRun
{
    /// <summary>Octets that are kept of a client that does not speak TLS: enough for the head of a plain HTTP request.</summary>
    private const int MaximumFirstBytes = 1024;

    private readonly INetworkHost _host;
    private readonly IStreamConnection _connection;
    private readonly TlsServerOptions _options;
    private readonly ServerPeer _peer;
    private readonly TlsEngine _engine;
    private readonly byte[] _buffer = new byte[TlsRecord.HeaderLength + TlsRecord.MaximumLength];
    private readonly List<byte> _firstBytes = [];

    public ServerRun(INetworkHost host, IStreamConnection connection, TlsServerOptions options)
    {
        _host = host;
        _connection = connection;
        _options = options;
        var recorder = new HandshakeRecorder(host.Time, TlsDirection.Sent);
        _peer = new ServerPeer(new HostTlsCrypto(host.Random), options, recorder);
        var protocol = new ServerProtocol(recorder);
        _engine = new TlsEngine(recorder, protocol, () => protocol.Accept(_peer), protocol.SendCloseNotify);
    }

    public async ValueTask<TlsServerOutcome> RunAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        TlsServerOutcome outcome;
        try
        {
            outcome = await ExchangeAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            outcome = new TlsServerOutcome.TimedOut();
        }

        return outcome with
        {
            ServerName = _peer.ServerName is { } name ? SafeText.FromUtf8(Encoding.Latin1.GetBytes(name)) : null,
            Messages = _engine.Recorder.Messages,
            Duration = _engine.Recorder.Elapsed,
        };
    }

    private async ValueTask<TlsServerOutcome> ExchangeAsync(CancellationToken cancellation)
    {
        _engine.Start();
        while (!_engine.Recorder.IsComplete)
        {
            var read = await _connection.ReadAsync(_buffer, cancellation);
            if (read.Status == StreamStatus.Failed) return new TlsServerOutcome.ConnectionFailed(read.Error);
            if (read.Status != StreamStatus.Ok) return new TlsServerOutcome.PeerClosed(read.Status == StreamStatus.Reset);
            if (_firstBytes.Count < MaximumFirstBytes) _firstBytes.AddRange(_buffer.AsSpan(0, Math.Min(read.Count, MaximumFirstBytes - _firstBytes.Count)));
            _engine.Offer(_buffer, read.Count);

            // Also the alert that explains a refusal. That it may not arrive changes nothing about the outcome.
            var output = _engine.TakeOutput();
            if (!output.IsEmpty) await _connection.WriteAsync(output, cancellation);
            if (_engine.IsClosed && !_engine.Recorder.IsComplete) return AfterFailure();
        }

        return new TlsServerOutcome.Completed(new TlsSession(_connection, _engine), _peer.Identity);
    }

    private TlsServerOutcome AfterFailure()
    {
        if (_engine.IsNotTls) return new TlsServerOutcome.NotTls(_firstBytes.ToArray());
        if (_engine.Failure is not { } failure) return new TlsServerOutcome.PeerClosed(Reset: false);
        return failure.AlertReceived is { } alert ? new TlsServerOutcome.AlertReceived(alert) : new TlsServerOutcome.Refused(failure.Detail, _engine.Recorder.LastAlertSent);
    }
}
