using Fathom.Hosts;
using Fathom.Wire.Application.Tls;
using Org.BouncyCastle.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>
/// The TLS machine without I/O: octets from the peer go in, octets for the peer and application data come out.
/// What the peer does wrong becomes <see cref="Failure"/>. Not safe for concurrent use.
/// </summary>
internal sealed class TlsEngine
{
    private readonly TlsProtocol _protocol;
    private readonly Action _start;
    private readonly Action _sendCloseNotify;
    private readonly TlsRecordScanner _scanner = new();
    private int _recordsAtLastData;
    private long _handshakeOctets;

    /// <summary>A machine of either side.</summary>
    /// <param name="recorder">Is shown by the protocol what passes.</param>
    /// <param name="protocol">BouncyCastle's side, not blocking.</param>
    /// <param name="start">Begins the handshake.</param>
    /// <param name="sendCloseNotify">Makes the close_notify and goes on reading.</param>
    public TlsEngine(HandshakeRecorder recorder, TlsProtocol protocol, Action start, Action sendCloseNotify)
    {
        Recorder = recorder;
        _protocol = protocol;
        _start = start;
        _sendCloseNotify = sendCloseNotify;
    }

    /// <summary>The client's machine.</summary>
    public static TlsEngine OfClient(HostRandom random, TimeProvider time, TlsProbeOptions options)
    {
        var recorder = new HandshakeRecorder(time);
        if (options.PreparesResumption) recorder.KeepTranscript();
        var client = new ProbeClient(new HostTlsCrypto(random), options, recorder);
        var protocol = new ProbeProtocol(recorder);
        return new TlsEngine(recorder, protocol, () => protocol.Connect(client), protocol.SendCloseNotify);
    }

    public HandshakeRecorder Recorder { get; }

    /// <summary>Why the machine stopped, or null.</summary>
    public TlsFailure? Failure { get; private set; }

    /// <summary>True when no more can come or go: closed by either end, or failed.</summary>
    public bool IsClosed => Failure is not null || _protocol.IsClosed;

    /// <summary>True when the peer's first octets were no record at all.</summary>
    public bool IsNotTls => _scanner.FaultIsInFirstRecord && _scanner.Fault is TlsRecordFault.UnknownContentType or TlsRecordFault.UnknownVersion;

    /// <summary>Begins: a client makes its ClientHello, a server is ready for one.</summary>
    public void Start() => Guard(_start);

    /// <summary>Takes octets from the peer.</summary>
    /// <param name="buffer">Holds them.</param>
    /// <param name="count">How many, from the start.</param>
    public void Offer(byte[] buffer, int count)
    {
        if (IsClosed) return;
        Recorder.OctetsReceived();
        if (!_scanner.Feed(buffer.AsSpan(0, count)))
        {
            var limit = _scanner.Fault == TlsRecordFault.TooManyEmpty ? TlsLimit.EmptyRecords : TlsLimit.None;
            Failure = new TlsFailure(limit, _scanner.Detail, null);
            return;
        }

        if (!Recorder.IsComplete && (_handshakeOctets += count) > HandshakeLimits.MaximumOctets)
        {
            Failure = new TlsFailure(TlsLimit.HandshakeOctets, $"more than {HandshakeLimits.MaximumOctets} octets from the peer before the handshake was complete", null);
            return;
        }

        var wasComplete = Recorder.IsComplete;
        Guard(() => _protocol.OfferInput(buffer, 0, count));
        if (!wasComplete || _protocol.GetAvailableInputBytes() > 0) _recordsAtLastData = _scanner.Records;
        else if (_scanner.Records - _recordsAtLastData > HandshakeLimits.MaximumRecordsWithoutData && Failure is null)
        {
            Failure = new TlsFailure(TlsLimit.RecordsWithoutData, $"more than {HandshakeLimits.MaximumRecordsWithoutData} records in a row without application data", null);
        }
    }

    /// <summary>True when octets wait to be sent.</summary>
    public bool HasOutput => _protocol.GetAvailableOutputBytes() > 0;

    /// <summary>Takes all octets that wait to be sent.</summary>
    public ReadOnlyMemory<byte> TakeOutput()
    {
        var count = _protocol.GetAvailableOutputBytes();
        if (count == 0) return default;
        var output = new byte[count];
        _protocol.ReadOutput(output, 0, count);
        return output;
    }

    /// <summary>Takes application data; 0 when none is there.</summary>
    public int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _protocol.GetAvailableInputBytes());
        return count == 0 ? 0 : _protocol.ReadApplicationData(buffer[..count]);
    }

    /// <summary>Encrypts application data.</summary>
    public void Write(ReadOnlyMemory<byte> data) => Guard(() => _protocol.WriteApplicationData(data.Span));

    /// <summary>Makes the close_notify, once; what the peer still sends can be read (RFC 8446 §6.1).</summary>
    public void Close()
    {
        if (!IsClosed && !Recorder.CloseNotifySent) Guard(_sendCloseNotify);
    }

    // BouncyCastle speaks through exceptions: a fatal alert received, one raised here, or an IOException.
    // Whatever else its parsers may throw on hostile octets it wraps into a fatal alert itself.
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (TlsFatalAlertReceived)
        {
            Failure = new TlsFailure(TlsLimit.None, "the peer sent an alert", Recorder.LastAlertReceived);
        }
        catch (IOException e)
        {
            Failure = new TlsFailure(Recorder.Limit, Describe(e), null);
        }
    }

    private string Describe(IOException e)
    {
        switch (Recorder.Limit)
        {
            case TlsLimit.Certificates:
                return $"more than {HandshakeLimits.MaximumCertificates} certificates";
            case TlsLimit.HandshakeMessages:
                return $"more than {HandshakeLimits.MaximumMessages} handshake messages";
        }

        // The cause says more than the alert that it was turned into.
        Exception innermost = e;
        for (var depth = 0; depth < 8 && innermost.InnerException is { } inner; depth++) innermost = inner;
        return innermost.Message;
    }
}
