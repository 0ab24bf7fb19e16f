using System.Runtime.InteropServices;
using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>One handshake over one connection.</summary>
internal sealed class HandshakeRun(INetworkHost host, IStreamConnection connection, TlsProbeOptions options)
{
    /// <summary>Octets of a first answer that is not TLS which are kept, and waited for briefly no more.</summary>
    private const int MaximumFirstBytes = 1024;

    private readonly TlsEngine _engine = TlsEngine.OfClient(host.Random, host.Time, options);
    private readonly byte[] _buffer = new byte[TlsRecord.HeaderLength + TlsRecord.MaximumLength];
    private readonly List<byte> _firstBytes = [];
    private long _sent;
    private long _received;

    public async ValueTask<TlsOutcome> RunAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        TlsOutcome outcome;
        try
        {
            outcome = await ExchangeAsync(either.Token, cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            outcome = new TlsOutcome.TimedOut();
        }

        if (outcome is not (TlsOutcome.Completed or TlsOutcome.TimedOut)) await SendLastWordsAsync(either.Token, cancellation);
        return WithObservations(outcome);
    }

    private async ValueTask<TlsOutcome> ExchangeAsync(CancellationToken cancellation, CancellationToken callers)
    {
        _engine.Start();
        // Octets that cannot be sent do not end the exchange: the peer's last words may still be there to read.
        var canSend = await SendAsync(cancellation) is null;
        while (!_engine.Recorder.IsComplete)
        {
            var read = await connection.ReadAsync(_buffer, cancellation);
            if (read.Status != StreamStatus.Ok) return AfterEnd(read, _engine.Recorder);
            Count(read.Count);
            _engine.Offer(_buffer, read.Count);
            // A peer that ends right behind its Finished has completed the handshake; the session tells the rest.
            if (_engine.IsClosed && !_engine.Recorder.IsComplete) return await AfterFailureAsync(cancellation, callers);
            if (canSend) canSend = await SendAsync(cancellation) is null;
        }

        return new TlsOutcome.Completed(new TlsSession(connection, _engine));
    }

    private static TlsOutcome AfterEnd(StreamResult read, HandshakeRecorder recorder)
    {
        if (read.Status == StreamStatus.Failed) return new TlsOutcome.ConnectionFailed(read.Error);
        // RFC 8446 §6: but for two, an alert ends the connection whatever its level says.
        foreach (var alert in recorder.Warnings.Reverse())
        {
            if (alert.Description is not (TlsAlertDescription.UserCanceled or TlsAlertDescription.UnrecognizedName or TlsAlertDescription.NoRenegotiation)) return new TlsOutcome.AlertReceived(alert);
        }

        return new TlsOutcome.PeerClosed(read.Status == StreamStatus.Reset);
    }

    private async ValueTask<TlsOutcome> AfterFailureAsync(CancellationToken cancellation, CancellationToken callers)
    {
        var recorder = _engine.Recorder;
        if (TlsOutcome.NotTls.StartsWithClientHello(CollectionsMarshal.AsSpan(_firstBytes))) return new TlsOutcome.NotTls(_firstBytes.ToArray());
        if (_engine.IsNotTls) return new TlsOutcome.NotTls(await ReadFirstBytesAsync(cancellation, callers));
        if (_engine.Failure is not { } failure) return new TlsOutcome.PeerClosed(Reset: false);
        if (failure.AlertReceived is { } alert) return new TlsOutcome.AlertReceived(alert);
        if (recorder.CloseNotifyReceived) return new TlsOutcome.PeerClosed(Reset: false);
        if (failure.Limit != TlsLimit.None) return new TlsOutcome.LimitExceeded(failure.Limit, failure.Detail);
        if (recorder.ServerHello is { } hello && (hello.Version < options.MinimumVersion || hello.Version > options.MaximumVersion))
        {
            return new TlsOutcome.VersionUnsupported(hello.Version);
        }

        return new TlsOutcome.Malformed(failure.Detail, recorder.LastAlertSent);
    }

    // A banner may come in pieces; a line's worth is enough to tell what speaks there.
    private async ValueTask<ReadOnlyMemory<byte>> ReadFirstBytesAsync(CancellationToken cancellation, CancellationToken callers)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            while (_firstBytes.Count < MaximumFirstBytes && !_firstBytes.Contains((byte)'\n'))
            {
                var read = await connection.ReadAsync(_buffer, either.Token);
                if (read.Status != StreamStatus.Ok) break;
                Count(read.Count);
            }
        }
        catch (OperationCanceledException) when (!callers.IsCancellationRequested)
        {
            // What came until now is the answer.
        }

        return _firstBytes.ToArray();
    }

    private void Count(int count)
    {
        _received += count;
        var room = Math.Min(count, MaximumFirstBytes - _firstBytes.Count);
        if (room > 0) _firstBytes.AddRange(_buffer.AsSpan(0, room));
    }

    private async ValueTask<StreamResult?> SendAsync(CancellationToken cancellation)
    {
        var output = _engine.TakeOutput();
        if (output.IsEmpty) return null;
        var written = await connection.WriteAsync(output, cancellation);
        _sent += written.Status == StreamStatus.Ok ? output.Length : written.Count;
        return written.Status == StreamStatus.Ok ? null : written;
    }

    // The alert that explains to the peer why this end stops. That it may not get there changes nothing.
    private async ValueTask SendLastWordsAsync(CancellationToken cancellation, CancellationToken callers)
    {
        try
        {
            await SendAsync(cancellation);
        }
        catch (OperationCanceledException) when (!callers.IsCancellationRequested)
        {
            // The time ran out over the farewell; what the handshake showed stands.
        }
    }

    private TlsOutcome WithObservations(TlsOutcome outcome)
    {
        var recorder = _engine.Recorder;
        var chain = recorder.Certificates.Select(TlsCertificate.Read).ToArray();
        if (outcome is TlsOutcome.Completed completed)
        {
            completed.Session.PeerChain = chain;
            completed.Session.OcspStaple = OcspStapleReader.Read(recorder.OcspResponse, chain is [var leaf, ..] ? leaf.SerialOctets : default);
        }

        return outcome with
        {
            StartedAt = recorder.StartedAt,
            Duration = recorder.Elapsed,
            Messages = recorder.Messages,
            BytesSent = _sent,
            BytesReceived = _received,
            PeerChain = chain,
            Version = recorder.ServerHello?.Version,
            CipherSuite = recorder.ServerHello is { } hello ? TlsCipherSuites.Name(hello.CipherSuite) : null,
            CertificateRequest = recorder.CertificateRequest,
            HelloRetryRequestSeen = recorder.HelloRetryRequestSeen,
            Warnings = recorder.Warnings,
            Progress = recorder.Progress,
        };
    }
}
