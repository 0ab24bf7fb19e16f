using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Tls.Handshake;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls;

/// <summary>
/// An open TLS session. One reader and one writer at a time. Disposing releases what the session holds; it
/// sends nothing (see <see cref="CloseAsync"/>) and leaves the TCP connection to the caller.
/// </summary>
public sealed class TlsSession : IAsyncDisposable
{
    /// <summary>Application data encrypted at once: four records.</summary>
    private const int MaximumWrite = 64 * 1024;

    private readonly IStreamConnection _connection;
    private readonly TlsEngine _engine;
    private readonly Lock _machine = new();
    private readonly HostGate _sending = new();
    private readonly byte[] _buffer = new byte[TlsRecord.HeaderLength + TlsRecord.MaximumLength];
    private StreamResult _endOfSending;
    private StreamResult _endOfReceiving;

    internal TlsSession(IStreamConnection connection, TlsEngine engine)
    {
        _connection = connection;
        _engine = engine;
        var recorder = engine.Recorder;
        var hello = recorder.ServerHello ?? throw new InvalidOperationException("The handshake is not complete.");
        Version = hello.Version;
        CipherSuite = TlsCipherSuites.Name(hello.CipherSuite);
        ApplicationProtocol = recorder.ApplicationProtocol;
        KeyExchangeGroup = recorder.KeyExchange.Group;
        ServerSignatureScheme = recorder.KeyExchange.SignatureScheme;
        DiffieHellmanBits = recorder.KeyExchange.DhBits;
        CertificateRequest = recorder.CertificateRequest;
        HelloRetryRequestSeen = recorder.HelloRetryRequestSeen;
        SecureRenegotiation = hello.Version >= TlsVersion.Tls13 || recorder.SecureRenegotiation;
        ExtendedMasterSecret = hello.Version >= TlsVersion.Tls13 || recorder.ExtendedMasterSecret;
    }

    /// <summary>The negotiated version.</summary>
    public TlsVersion Version { get; }

    /// <summary>The IANA name of the negotiated cipher suite.</summary>
    public string CipherSuite { get; }

    /// <summary>The application protocol that the server chose (ALPN), as safe text; null where it chose none.</summary>
    public string? ApplicationProtocol { get; }

    /// <summary>The key exchange group: "x25519", "secp256r1", "dh 2048"; null for RSA key transport (no forward secrecy).</summary>
    public string? KeyExchangeGroup { get; }

    /// <summary>The scheme of the server's signature over the handshake; null for RSA key transport and before TLS 1.2.</summary>
    public string? ServerSignatureScheme { get; }

    /// <summary>Bits of the prime of finite field Diffie-Hellman, else null.</summary>
    public int? DiffieHellmanBits { get; }

    /// <summary>The certificates in the order the peer sent them, the leaf first.</summary>
    public IReadOnlyList<TlsCertificate> PeerChain { get; internal set; } = [];

    /// <summary>The server's request for a client certificate, or null. None was given.</summary>
    public TlsCertificateRequest? CertificateRequest { get; }

    /// <summary>True when the server asked for a client certificate.</summary>
    public bool PeerCertificateRequested => CertificateRequest is not null;

    /// <summary>True when the server asked for another ClientHello.</summary>
    public bool HelloRetryRequestSeen { get; }

    /// <summary>The OCSP response that the server stapled (RFC 6066 §8), or null.</summary>
    public TlsOcspStaple? OcspStaple { get; internal set; }

    /// <summary>What a later connection needs to go on with this session; null where the server gave nothing, or nothing was kept.</summary>
    internal ResumptionState? Resumption => ResumptionState.Of(_engine.Recorder);

    /// <summary>False when a server of TLS 1.2 or before lacks RFC 5746; OpenSSL 3 refuses such a server.</summary>
    public bool SecureRenegotiation { get; }

    /// <summary>False when a server of TLS 1.2 or before lacks RFC 7627.</summary>
    public bool ExtendedMasterSecret { get; }

    /// <summary>What is weak about the handshake; the certificates are not part of it.</summary>
    public IReadOnlyList<TlsWeakness> Weaknesses => TlsWeakness.Of(this);

    /// <summary>True when the peer said that its data is complete.</summary>
    public bool CloseNotifyReceived => _engine.Recorder.CloseNotifyReceived;

    /// <summary>True when this end's close_notify was made (on a broken connection it may not have arrived).</summary>
    public bool CloseNotifySent => _engine.Recorder.CloseNotifySent;

    /// <summary>All handshake messages and alerts until now, also those after the handshake. Do not call during a read or write.</summary>
    public IReadOnlyList<TlsMessageSeen> Messages
    {
        get
        {
            lock (_machine) return _engine.Recorder.Messages;
        }
    }

    /// <summary>Encrypts and sends all the octets.</summary>
    /// <param name="data">Application data; empty sends nothing.</param>
    /// <param name="cancellation">Ends the attempt; part may have been sent, and the session cannot be written to any more.</param>
    public async ValueTask<TlsStreamResult> WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        var total = data.Length;
        while (!data.IsEmpty)
        {
            var part = data[..Math.Min(MaximumWrite, data.Length)];
            data = data[part.Length..];
            if (await SendAsync(part, isClose: false, cancellation) is { } failed) return failed;
        }

        return new TlsStreamResult(TlsStreamStatus.Ok, total);
    }

    /// <summary>Receives and decrypts octets, at least one unless the data has ended.</summary>
    /// <param name="buffer">Takes the octets; not empty.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>; the session stays usable.</param>
    public async ValueTask<TlsStreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(buffer.Length);
        while (true)
        {
            lock (_machine)
            {
                var count = _engine.Read(buffer.Span);
                if (count > 0) return new TlsStreamResult(TlsStreamStatus.Ok, count);
                if (CloseNotifyReceived) return new TlsStreamResult(TlsStreamStatus.End);
                if (_engine.IsClosed) return Stopped();
                if (_endOfReceiving.Status != StreamStatus.None) return FromTransport(_endOfReceiving);
            }

            var read = await _connection.ReadAsync(_buffer, cancellation);
            bool hasOutput;
            lock (_machine)
            {
                if (read.Status != StreamStatus.Ok)
                {
                    _endOfReceiving = read;
                    continue;
                }

                _engine.Offer(_buffer, read.Count);
                hasOutput = _engine.HasOutput;
            }

            // Answers to key updates, renegotiation requests and close_notify. Whether they arrive does not matter to the reader.
            if (hasOutput) _ = await SendAsync(default, isClose: false, cancellation);
        }
    }

    /// <summary>Sends close_notify, once. Reading goes on: it ends with the peer's close_notify where the peer is polite.</summary>
    /// <param name="cancellation">Ends the attempt.</param>
    public async ValueTask<TlsStreamResult> CloseAsync(CancellationToken cancellation)
        => await SendAsync(default, isClose: true, cancellation) ?? new TlsStreamResult(TlsStreamStatus.Ok);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }

    private async ValueTask<TlsStreamResult?> SendAsync(ReadOnlyMemory<byte> data, bool isClose, CancellationToken cancellation)
    {
        await _sending.EnterAsync(cancellation);
        try
        {
            ReadOnlyMemory<byte> output;
            lock (_machine)
            {
                if (_endOfSending.Status != StreamStatus.None) return FromTransport(_endOfSending);
                if (!data.IsEmpty)
                {
                    if (CloseNotifySent && !CloseNotifyReceived) return new TlsStreamResult(TlsStreamStatus.Failed) { Detail = "this end closed the session" };
                    if (_engine.IsClosed) return CloseNotifyReceived ? new TlsStreamResult(TlsStreamStatus.End) : Stopped();
                    _engine.Write(data);
                }

                if (isClose) _engine.Close();
                output = _engine.TakeOutput();
            }

            if (output.IsEmpty) return null;
            // Until all of it is out, the record stream is torn: a cancellation leaves this mark.
            _endOfSending = new StreamResult(StreamStatus.Failed, 0);
            var written = await _connection.WriteAsync(output, cancellation);
            _endOfSending = written.Status == StreamStatus.Ok ? default : written;
            return written.Status == StreamStatus.Ok ? null : FromTransport(written);
        }
        finally
        {
            _sending.Leave();
        }
    }

    private TlsStreamResult Stopped()
    {
        var failure = _engine.Failure;
        if (failure?.AlertReceived is { } alert) return new TlsStreamResult(TlsStreamStatus.AlertReceived) { Alert = alert };
        return new TlsStreamResult(TlsStreamStatus.Failed) { Detail = failure?.Detail ?? "this end closed the session" };
    }

    private static TlsStreamResult FromTransport(StreamResult result) => result.Status switch
    {
        StreamStatus.End => new TlsStreamResult(TlsStreamStatus.EndWithoutCloseNotify),
        StreamStatus.Reset => new TlsStreamResult(TlsStreamStatus.Reset),
        _ => new TlsStreamResult(TlsStreamStatus.Failed) { Error = result.Error, Detail = result.Error is null ? "the connection failed" : null },
    };
}
