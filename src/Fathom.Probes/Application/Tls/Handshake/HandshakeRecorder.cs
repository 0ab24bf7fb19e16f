using Fathom.Wire.Application.Tls;
using Org.BouncyCastle.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Keeps what was seen of a handshake, and the limits on messages and certificates.</summary>
internal sealed class HandshakeRecorder
{
    /// <summary>Enough for the longest handshake allowed, both directions, and what follows it.</summary>
    private const int MaximumKept = 2 * HandshakeLimits.MaximumMessages;

    private readonly TimeProvider _time;
    private readonly TlsDirection _fromServer;
    private readonly long _started;
    private readonly List<TlsMessageSeen> _messages = [];
    private readonly List<TlsAlert> _warnings = [];
    private readonly List<ReadOnlyMemory<byte>> _certificates = [];
    private List<byte>? _transcript;
    private int _received;
    private bool _sendsEncrypted;
    private bool _receivesEncrypted;

    /// <summary>Starts its clock.</summary>
    /// <param name="time">The host's clock.</param>
    /// <param name="fromServer">Which direction the server's messages have here: <see cref="TlsDirection.Received"/> for a client.</param>
    public HandshakeRecorder(TimeProvider time, TlsDirection fromServer = TlsDirection.Received)
    {
        _time = time;
        _fromServer = fromServer;
        _started = time.GetTimestamp();
        StartedAt = time.GetUtcNow();
    }

    public DateTimeOffset StartedAt { get; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    public IReadOnlyList<TlsMessageSeen> Messages => [.. _messages];

    public IReadOnlyList<TlsAlert> Warnings => [.. _warnings];

    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates => _certificates;

    public TlsProgress Progress { get; private set; }

    public ServerHelloFacts? ServerHello { get; private set; }

    public bool HelloRetryRequestSeen { get; private set; }

    public TlsCertificateRequest? CertificateRequest { get; set; }

    /// <summary>The stapled OCSP response in DER; null for none, empty for one of another kind.</summary>
    public byte[]? OcspResponse { get; set; }

    public bool SecureRenegotiation { get; set; } = true;

    public TlsLimit Limit { get; private set; }

    public TlsAlert? LastAlertReceived { get; private set; }

    public TlsAlert? LastAlertSent { get; private set; }

    public bool CloseNotifyReceived { get; private set; }

    public bool CloseNotifySent { get; private set; }

    public string? ApplicationProtocol { get; private set; }

    public KeyExchangeFacts KeyExchange { get; private set; }

    public bool ExtendedMasterSecret { get; private set; }

    public bool IsComplete => Progress == TlsProgress.Complete;

    /// <summary>The secret that tickets' keys are made from (RFC 8446 §7.1); null where none was kept.</summary>
    public byte[]? ResumptionSecret { get; set; }

    /// <summary>The body of the first new_session_ticket of TLS 1.3, where a transcript is kept; else empty.</summary>
    public byte[] FirstTicket { get; private set; } = [];

    /// <summary>When it came, as a timestamp of the host's clock.</summary>
    public long TicketAt { get; private set; }

    /// <summary>All handshake messages until the end of the handshake, where they are kept; else empty.</summary>
    public ReadOnlySpan<byte> Transcript => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_transcript);

    /// <summary>Keeps the messages from now on.</summary>
    public void KeepTranscript() => _transcript = [];

    /// <summary>Notes that octets of any kind came.</summary>
    public void OctetsReceived() => Advance(TlsProgress.FirstOctetsReceived);

    /// <summary>Notes a handshake message from the peer, header and all.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="message">The whole message, decrypted.</param>
    /// <returns>The limit that it exceeds, or none.</returns>
    public TlsLimit HandshakeReceived(byte type, ReadOnlySpan<byte> message)
    {
        var body = message[TlsHandshakeMessage.HeaderLength..];
        if (!IsComplete && ++_received > HandshakeLimits.MaximumMessages) Limit = TlsLimit.HandshakeMessages;
        Add(TlsDirection.Received, NameOf(type, body), body.Length, _receivesEncrypted, message);
        if (!IsComplete) _transcript?.AddRange(message);
        if (_transcript is not null && (TlsHandshakeType)type == TlsHandshakeType.NewSessionTicket && FirstTicket.Length == 0 && ServerHello?.Version >= TlsVersion.Tls13)
            (FirstTicket, TicketAt) = (body.ToArray(), _time.GetTimestamp());
        if (_fromServer == TlsDirection.Received) OnServerMessage(type, body);
        return Limit;
    }

    /// <summary>Notes a handshake message of this end.</summary>
    /// <param name="message">The whole message before encryption.</param>
    public void HandshakeSent(ReadOnlySpan<byte> message)
    {
        if (message.Length < TlsHandshakeMessage.HeaderLength) return;
        var body = message[TlsHandshakeMessage.HeaderLength..];
        if (!IsComplete) _transcript?.AddRange(message);
        Add(TlsDirection.Sent, NameOf(message[0], body), body.Length, _sendsEncrypted, message);
        if (_fromServer == TlsDirection.Sent)
        {
            OnServerMessage(message[0], body);
            return;
        }

        if ((TlsHandshakeType)message[0] == TlsHandshakeType.ClientHello) Advance(TlsProgress.ClientHelloSent);
        if ((TlsHandshakeType)message[0] == TlsHandshakeType.Finished) Advance(TlsProgress.ClientFinishedSent);
    }

    private static string NameOf(byte type, ReadOnlySpan<byte> body)
        => (TlsHandshakeType)type == TlsHandshakeType.ServerHello && ServerHelloFacts.TryRead(body, out var hello) && hello.IsHelloRetryRequest ? "hello_retry_request" : ((TlsHandshakeType)type).ToText();

    private void OnServerMessage(byte type, ReadOnlySpan<byte> body)
    {
        switch ((TlsHandshakeType)type)
        {
            case TlsHandshakeType.ServerHello:
                OnServerHello(body);
                break;
            case TlsHandshakeType.Certificate when !IsComplete:
                OnCertificate(body);
                break;
            case TlsHandshakeType.ServerKeyExchange:
                KeyExchange = KeyExchangeFacts.FromServerKeyExchange(body, ServerHello?.CipherSuite ?? 0, ServerHello?.Version ?? default);
                break;
            case TlsHandshakeType.CertificateVerify:
                KeyExchange = KeyExchangeFacts.FromCertificateVerify(body, ServerHello?.Group);
                break;
        }
    }

    /// <summary>Notes a change_cipher_spec; before TLS 1.3 what follows it is encrypted.</summary>
    public void ChangeCipherSpec(TlsDirection direction)
    {
        Add(direction, "change_cipher_spec", 1, false, default);
        if (ServerHello?.Version >= TlsVersion.Tls13) return;
        if (direction == TlsDirection.Sent) _sendsEncrypted = true;
        else _receivesEncrypted = true;
    }

    /// <summary>Notes an alert.</summary>
    public void Alert(TlsDirection direction, byte level, byte description)
    {
        var alert = new TlsAlert((TlsAlertLevel)level, (TlsAlertDescription)description);
        var isSent = direction == TlsDirection.Sent;
        Add(direction, "alert " + alert, 2, isSent ? _sendsEncrypted : _receivesEncrypted, [level, description]);
        if (isSent)
        {
            LastAlertSent = alert;
            CloseNotifySent |= alert.Description == TlsAlertDescription.CloseNotify;
            return;
        }

        LastAlertReceived = alert;
        CloseNotifyReceived |= alert.Description == TlsAlertDescription.CloseNotify;
        if (alert.Level == TlsAlertLevel.Warning && alert.Description != TlsAlertDescription.CloseNotify && _warnings.Count < HandshakeLimits.MaximumMessages) _warnings.Add(alert);
    }

    /// <summary>Notes the end of the handshake.</summary>
    public void Complete(SecurityParameters parameters)
    {
        Progress = TlsProgress.Complete;
        ApplicationProtocol = parameters.ApplicationProtocol is { } protocol ? Tls.Certificates.SafeText.FromUtf8(protocol.GetBytes()) : null;
        ExtendedMasterSecret = parameters.IsExtendedMasterSecret;
    }

    private void OnServerHello(ReadOnlySpan<byte> body)
    {
        if (!ServerHelloFacts.TryRead(body, out var hello)) return;
        if (hello.IsHelloRetryRequest)
        {
            HelloRetryRequestSeen = true;
            Advance(TlsProgress.HelloRetryRequestReceived);
            return;
        }

        ServerHello = hello;
        Advance(TlsProgress.ServerHelloReceived);
        if (hello.Version >= TlsVersion.Tls13) _sendsEncrypted = _receivesEncrypted = true;
    }

    private void OnCertificate(ReadOnlySpan<byte> body)
    {
        _certificates.Clear();
        // A list that cannot be read is BouncyCastle's to refuse; what could be read of it is kept for the report.
        _ = CertificateMessage.TryRead(body, ServerHello?.Version ?? default, _certificates);
        if (_certificates.Count > HandshakeLimits.MaximumCertificates) Limit = TlsLimit.Certificates;
        Advance(TlsProgress.CertificateReceived);
    }

    private void Advance(TlsProgress to)
    {
        if (to > Progress) Progress = to;
    }

    private void Add(TlsDirection direction, string name, int length, bool isEncrypted, ReadOnlySpan<byte> octets)
    {
        if (_messages.Count >= MaximumKept) return;
        var kept = octets[..Math.Min(octets.Length, TlsMessageSeen.MaximumOctetsKept)].ToArray();
        _messages.Add(new TlsMessageSeen(direction, name, length, Elapsed, isEncrypted) { Octets = kept });
    }
}
