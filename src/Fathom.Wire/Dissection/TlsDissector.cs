using Fathom.Wire.Application.Tls;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>
/// TLS, SSL 3.0 and the greeting of SSL 2.0: the records of one payload. It is known by its records' headers, on any port. A record or message
/// that goes on in the next segment is shown as far as it is here, which is no fault.
/// </summary>
internal sealed class TlsDissector : IRecognizingDissector
{
    private TlsDissector()
    {
    }

    internal static TlsDissector Instance { get; } = new();

    public string Protocol => "tls";

    public string Name => "TLS";

    /// <inheritdoc/>
    public bool Recognizes(IpProtocol transport, ReadOnlySpan<byte> payload)
    {
        if (transport != IpProtocol.Tcp) return false;
        if (Ssl2ClientHello.TryRead(payload, out var greeting, out _)) return greeting.Bytes.Length == payload.Length;
        if (!TryReadRecord(payload, out var record)) return false;
        if (IsHello(record)) return true;

        // Five octets might be chance; the headers of all records up to the end of the payload are not.
        while (record.Bytes.Length < payload.Length)
        {
            payload = payload[record.Bytes.Length..];
            if (payload.Length < TlsRecord.HeaderLength) return TlsRecord.Check(payload) == TlsRecordFault.None;
            if (!TryReadRecord(payload, out record)) return false;
        }

        return true;
    }

    public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
    {
        summary = string.Empty;
        fault = default;
        if (!Recognizes(transport, payload)) return false;
        layer.HeaderLength = layer.Length = payload.Length;
        if (Ssl2ClientHello.TryRead(payload, out var greeting, out _))
        {
            summary = AddGreeting(layer, greeting);
            return true;
        }

        var handshake = new TlsHandshakeDissector(layer);
        var at = 0;
        while (at < payload.Length)
        {
            var rest = payload[at..];
            layer.AddFields(TlsRecord.Layout, rest, Format, at);
            if (!TlsRecord.TryReadTruncated(rest, out var record, out var error))
            {
                // The header of the next record may be cut; damage is told.
                if (error.Kind != WireErrorKind.TooShort) fault = error with { Offset = error.Offset + at };
                break;
            }

            AddFragment(layer, handshake, record, at + TlsRecord.HeaderLength, rest[record.Bytes.Length..]);
            at += record.Bytes.Length;
        }

        if (!fault.IsError) fault = handshake.Fault;
        summary = handshake.Summary;
        return true;
    }

    // Versions that exist, and lengths that a record of the type can have.
    private static bool TryReadRecord(ReadOnlySpan<byte> payload, out TlsRecord record)
    {
        const int Minor = 2, LastMinor = 4;
        const int AlertLength = 2, SmallestProtected = 16;
        if (!TlsRecord.TryReadTruncated(payload, out record, out _) || payload[Minor] > LastMinor) return false;
        return record.ContentType switch
        {
            TlsContentType.ChangeCipherSpec => record.Length is 1 or >= SmallestProtected, // in a renegotiation it is encrypted
            TlsContentType.Alert => record.Length is AlertLength or >= SmallestProtected,
            TlsContentType.Heartbeat => false, // nobody sends it any more, and a control character begins many things
            _ => true,
        };
    }

    private static bool IsHello(TlsRecord record)
        => record.ContentType == TlsContentType.Handshake
            && TlsHandshakeMessage.TryReadTruncated(record.Fragment, out var message, out _)
            && (message.Type == TlsHandshakeType.ClientHello ? TlsClientHello.TryReadTruncated(message.Body, out _, out _)
                : message.Type == TlsHandshakeType.ServerHello && TlsServerHello.TryReadTruncated(message.Body, out _, out _));

    private static void AddFragment(LayerWriter layer, TlsHandshakeDissector handshake, TlsRecord record, int at, ReadOnlySpan<byte> following)
    {
        var fragment = record.Fragment;
        var cut = fragment.Length < record.Length ? FieldText.Invariant($"; {record.Length - fragment.Length} more octets follow in the next segment") : "";
        switch (record.ContentType)
        {
            case TlsContentType.Handshake:
                handshake.Add(fragment, record.Length, at, following);
                return;
            case TlsContentType.Alert when record.Length == 2 && fragment.Length == 2 && fragment[0] is 1 or 2:
                var alert = new TlsAlert((TlsAlertLevel)fragment[0], (TlsAlertDescription)fragment[1]);
                layer.AddOctets("alertLevel", at, 1, fragment[0], FieldText.Named(fragment[0] == 1 ? "warning" : "fatal", fragment[0]), "RFC 8446 §6");
                layer.AddOctets("alertDescription", at + 1, 1, fragment[1], FieldText.Named(alert.Name, fragment[1]), "RFC 8446 §6");
                handshake.Note($"alert {alert}");
                return;
            case TlsContentType.ChangeCipherSpec:
                handshake.SawChangeCipherSpec = true;
                if (!fragment.IsEmpty) layer.AddOctets("changeCipherSpec", at, fragment.Length, null, record.Length > 1 ? $"encrypted{cut}" : "what follows is encrypted; nothing in TLS 1.3", "RFC 5246 §7.1");
                handshake.Note("change_cipher_spec");
                return;
            default:
                var name = record.ContentType == TlsContentType.Alert ? "encryptedAlert" : "encryptedData";
                if (!fragment.IsEmpty) layer.AddOctets(name, at, fragment.Length, null, $"{FieldText.Octets((ulong)fragment.Length)}, encrypted{cut}", "RFC 8446 §5.2");
                handshake.Note(record.ContentType == TlsContentType.Alert ? "encrypted alert" : FieldText.Invariant($"application_data len={record.Length}"));
                return;
        }
    }

    private static string AddGreeting(LayerWriter layer, Ssl2ClientHello greeting)
    {
        layer.AddFields(Ssl2ClientHello.Layout, greeting.Bytes, static (name, value) => name switch
        {
            "version" => VersionText((ushort)value),
            "length" => FieldText.Octets(value),
            "messageType" => FieldText.Named("client_hello", value),
            _ => null,
        });
        for (var i = 0; i < greeting.CipherSpecs.Length; i += 3)
        {
            var spec = TlsVectors.ReadLength(greeting.CipherSpecs[i..], 3);
            layer.AddOctets("cipherSpec", Ssl2ClientHello.FixedLength + i, 3, (ulong)spec, spec <= ushort.MaxValue ? TlsCipherSuites.Name(spec) : FieldText.Hex((ulong)spec, 6), "RFC 6101 E.2");
        }

        return $"client_hello in the form of SSL 2.0, up to {VersionText(greeting.Version)}";
    }

    private static string VersionText(ushort version) => version == 2 ? "SSL 2.0" : ((TlsVersion)version).ToText();

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "contentType" => FieldText.Named(((TlsContentType)value).ToText(), value),
        "version" => ((TlsVersion)value).ToText(),
        "length" => FieldText.Octets(value),
        _ => null,
    };
}
