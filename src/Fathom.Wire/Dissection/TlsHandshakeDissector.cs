using Fathom.Wire.Application.Tls;

namespace Fathom.Wire.Dissection;

/// <summary>
/// The handshake messages of one payload's records, as far as they are not encrypted. A message that is spread over several records is read whole
/// where all of them are in the payload.
/// </summary>
internal sealed class TlsHandshakeDissector(LayerWriter layer)
{
    // A line has room for a flight of the server.
    private const int ShownNotes = 6;

    // A message that goes on in the next record or segment is taken for one up to this length only: beyond it, it is more likely encrypted.
    private const int LongestFragmented = 1 << 17;

    private readonly List<string> _notes = [];
    private readonly TlsRows _rows = new(layer);

    // Octets of a message that began in an earlier record of this payload; where its very header is cut, nobody knows how many.
    private int _missing;

    internal bool SawChangeCipherSpec { get; set; }

    internal WireError Fault { get; private set; }

    internal string Summary
        => string.Join(", ", _notes.Take(ShownNotes)) + (_notes.Count > ShownNotes ? FieldText.Invariant($" and {_notes.Count - ShownNotes} more records") : "");

    internal void Note(string text) => _notes.Add(text);

    /// <summary>Adds the fragment of a handshake record.</summary>
    /// <param name="fragment">What is there of it.</param>
    /// <param name="length">The record's length.</param>
    /// <param name="at">Octets from the layer's first to the fragment's.</param>
    /// <param name="following">The payload behind the record.</param>
    internal void Add(ReadOnlySpan<byte> fragment, int length, int at, ReadOnlySpan<byte> following)
    {
        if (_missing == 0 && !IsClear(fragment, length))
        {
            if (!fragment.IsEmpty) layer.AddOctets("encryptedHandshake", at, fragment.Length, null, $"{FieldText.Octets((ulong)fragment.Length)}, encrypted", "RFC 5246 §6.2.3");
            Note("encrypted handshake message");
            return;
        }

        if (_missing > 0)
        {
            var rest = Math.Min(_missing, fragment.Length);
            if (rest > 0) layer.AddOctets("handshakeFragment", at, rest, null, $"{FieldText.Octets((ulong)rest)} that continue the message", "RFC 8446 §5.1");
            _missing -= rest;
            fragment = fragment[rest..];
            at += rest;
        }

        while (!fragment.IsEmpty)
        {
            _rows.Clear();
            var isWhole = TlsHandshakeMessage.TryRead(fragment, out var message, out _);
            if (!isWhole && Gather(fragment, at, following) is { } gathered && TlsHandshakeMessage.TryRead(gathered, out message, out _))
            {
                isWhole = true;
                _missing = gathered.Length - fragment.Length;
            }

            if (!isWhole) _rows.Clear();
            if (!isWhole && !TlsHandshakeMessage.TryReadTruncated(fragment, out message, out _))
            {
                layer.AddFields(TlsHandshakeMessage.Layout, fragment, Format, at);
                Note("a handshake message's first octets");
                _missing = int.MaxValue;
                return;
            }

            _rows.AddFields(TlsHandshakeMessage.Layout, message.Bytes, Format, at);
            AddMessage(message, at, !isWhole);
            if (!isWhole) _missing = message.Length - message.Body.Length;
            var taken = Math.Min(message.Bytes.Length, fragment.Length);
            fragment = fragment[taken..];
            at += taken;
        }
    }

    /// <summary>The octets of a message that goes on in the payload's next records; null where its end is not there.</summary>
    private byte[]? Gather(ReadOnlySpan<byte> fragment, int at, ReadOnlySpan<byte> following)
    {
        var message = new List<byte>(fragment.Length);
        message.AddRange(fragment);
        while (TlsRecord.TryReadTruncated(following, out var record, out _) && record.ContentType == TlsContentType.Handshake)
        {
            _rows.AddGap(at + message.Count);
            message.AddRange(record.Fragment);
            following = following[record.Bytes.Length..];
            if (message.Count < TlsHandshakeMessage.HeaderLength) continue;
            var whole = TlsHandshakeMessage.HeaderLength + ((message[1] << 16) | (message[2] << 8) | message[3]);
            if (whole > LongestFragmented) return null;
            if (message.Count >= whole) return [.. message[..whole]];
        }

        return null;
    }

    /// <summary>
    /// A record that is not encrypted holds messages of known types that fill it exactly, or whose last one goes on in the next record. Octets that
    /// are encrypted look so only by chance.
    /// </summary>
    private bool IsClear(ReadOnlySpan<byte> fragment, int length)
    {
        var rest = fragment;
        var isCut = fragment.Length < length;
        var isFirst = true;
        while (rest.Length >= TlsHandshakeMessage.HeaderLength)
        {
            if (!IsKnown((TlsHandshakeType)rest[0])) return false;
            _ = TlsHandshakeMessage.TryReadTruncated(rest, out var message, out var error);

            // Behind a change_cipher_spec only a second ClientHello, after a HelloRetryRequest, is in the clear (RFC 8446 appendix D.4).
            if (SawChangeCipherSpec && isFirst && !(message.Type == TlsHandshakeType.ClientHello && message.Length <= length)) return false;
            if (error.IsError) return message.Length <= LongestFragmented && (isCut || CanBeLong(message.Type));
            rest = rest[message.Bytes.Length..];
            isFirst = false;
        }

        return rest.IsEmpty || isCut || (IsKnown((TlsHandshakeType)rest[0]) && !SawChangeCipherSpec);
    }

    private static bool IsKnown(TlsHandshakeType type) => type is >= TlsHandshakeType.HelloRequest and <= TlsHandshakeType.HelloRetryRequest
        or TlsHandshakeType.EncryptedExtensions or (>= TlsHandshakeType.Certificate and <= TlsHandshakeType.ClientKeyExchange)
        or (>= TlsHandshakeType.Finished and <= TlsHandshakeType.CompressedCertificate);

    private static bool CanBeLong(TlsHandshakeType type) => type is TlsHandshakeType.ClientHello or TlsHandshakeType.ServerHello or TlsHandshakeType.Certificate
        or TlsHandshakeType.ServerKeyExchange or TlsHandshakeType.CertificateRequest or TlsHandshakeType.CertificateStatus or TlsHandshakeType.NewSessionTicket
        or TlsHandshakeType.ClientKeyExchange or TlsHandshakeType.CertificateVerify;

    private void AddMessage(TlsHandshakeMessage message, int at, bool isCut)
    {
        var body = at + TlsHandshakeMessage.HeaderLength;
        var error = message.Type switch
        {
            TlsHandshakeType.ClientHello => AddClientHello(message.Body, body, isCut),
            TlsHandshakeType.ServerHello => AddServerHello(message.Body, body),
            TlsHandshakeType.Certificate => AddCertificates(message.Body, body),
            TlsHandshakeType.ServerKeyExchange => AddServerKeyExchange(message.Body, body),
            _ => AddOther(message, body),
        };
        if (isCut) _notes[^1] += ", continues";
        else if (error.IsError && !Fault.IsError) Fault = error with { Offset = error.Offset + body };
    }

    private WireError AddClientHello(ReadOnlySpan<byte> body, int at, bool isCut)
    {
        _rows.AddFields(TlsClientHello.Layout, body, Format, at);
        if (!TlsClientHello.TryReadTruncated(body, out var hello, out var error))
        {
            Note("client_hello");
            return error;
        }

        const string Spec = "RFC 8446 §4.1.2";
        AddPart("sessionId", body, hello.SessionId, at, Spec);
        AddLength("cipherSuitesLength", body, hello.CipherSuites, 2, at, Spec);
        for (var i = 0; _rows.KeepsFields && i < hello.CipherSuiteCount; i++)
        {
            var suite = hello.GetCipherSuite(i);
            _rows.AddOctets("cipherSuite", at + OffsetOf(body, hello.CipherSuites) + (2 * i), 2, suite, TlsCipherSuites.Name(suite), Spec);
        }

        AddLength("compressionMethodsLength", body, hello.CompressionMethods, 1, at, Spec);
        AddPart("compressionMethods", body, hello.CompressionMethods, at, Spec);
        AddLength("extensionsLength", body, hello.Extensions, 2, at, Spec);
        var text = "client_hello";
        var walk = hello.EnumerateExtensions();
        while (walk.MoveNext())
        {
            AddExtension(walk.Current, at + OffsetOf(body, hello.Extensions), isServer: false);
            if (walk.Current.TryGetServerName(out var name)) text += $" for {TlsExtensionDissector.Text(name)}";
        }

        if (!isCut && _rows.KeepsFields) _rows.AddOctets("ja3", at, body.Length, null, TlsFingerprint.Ja3(hello), "JA3");
        Note(text);
        return error.IsError ? error : Shift(walk.Error, body, hello.Extensions);
    }

    private WireError AddServerHello(ReadOnlySpan<byte> body, int at)
    {
        _rows.AddFields(TlsServerHello.Layout, body, Format, at);
        if (!TlsServerHello.TryReadTruncated(body, out var hello, out var error))
        {
            Note("server_hello");
            return error;
        }

        AddPart("sessionId", body, hello.SessionId, at, "RFC 8446 §4.1.3");
        if (hello.HasCipherSuite) _rows.AddOctets("cipherSuite", at + OffsetOf(body, hello.Choice), 2, hello.CipherSuite, TlsCipherSuites.Name(hello.CipherSuite), "RFC 8446 §4.1.3");
        if (hello.Choice.Length > 2) _rows.AddOctets("compressionMethod", at + OffsetOf(body, hello.Choice) + 2, 1, hello.CompressionMethod, hello.CompressionMethod == 0 ? "none" : FieldText.Invariant($"{hello.CompressionMethod}"), "RFC 8446 §4.1.3");
        AddLength("extensionsLength", body, hello.Extensions, 2, at, "RFC 8446 §4.1.3");
        var walk = hello.EnumerateExtensions();
        while (walk.MoveNext()) AddExtension(walk.Current, at + OffsetOf(body, hello.Extensions), isServer: true);
        if (hello.IsHelloRetryRequest) _rows.SetLastText("random", "that of a HelloRetryRequest");
        Note($"{(hello.IsHelloRetryRequest ? "hello_retry_request" : "server_hello")} {hello.SelectedVersion.ToText()}{(hello.HasCipherSuite ? " " + TlsCipherSuites.Name(hello.CipherSuite) : "")}");
        return error.IsError ? error : Shift(walk.Error, body, hello.Extensions);
    }

    private WireError AddCertificates(ReadOnlySpan<byte> body, int at)
    {
        // From TLS 1.3 on it is encrypted: what is seen has the older form.
        const int LengthOctets = 3;
        if (body.Length >= LengthOctets) AddLengthAt("certificatesLength", body, 0, LengthOctets, at, "RFC 5246 §7.4.2");
        var walk = new TlsCertificateEnumerator(body, TlsVersion.Tls12);
        var count = 0;
        while (walk.MoveNext())
        {
            count++;
            AddLengthAt("certificateLength", body, walk.Offset - LengthOctets, LengthOctets, at, "RFC 5246 §7.4.2");
            if (walk.Current.IsEmpty || !_rows.KeepsFields) continue;
            _rows.AddOctets("certificate", at + walk.Offset, walk.Current.Length, null, Application.X509.CertificateGlance.Read(walk.Current)?.ToString() ?? "octets that are no certificate", "RFC 5246 §7.4.2");
        }

        Note(count == 1 ? "certificate" : FieldText.Invariant($"certificate ({count})"));
        return walk.Error;
    }

    private WireError AddServerKeyExchange(ReadOnlySpan<byte> body, int at)
    {
        Note("server_key_exchange");
        if (body.IsEmpty) return default;
        if (!TlsServerKeyExchange.TryReadAlone(body, out var exchange))
        {
            _rows.AddOctets("handshakeBody", at, body.Length, null, FieldText.Bytes(body), "RFC 5246 §7.4.3");
            return default;
        }

        var spec = exchange.Group is null ? "RFC 5246 §7.4.3" : "RFC 8422 §5.4";
        if (exchange.Group is { } group)
        {
            _rows.AddOctets("curveType", at, 1, body[0], FieldText.Named("named_curve", body[0]), spec);
            _rows.AddOctets("namedGroup", at + 1, 2, group, TlsNamedGroups.Name(group), spec);
        }
        else
        {
            AddLength("dhPrimeLength", body, exchange.Prime, 2, at, spec);
            _rows.AddOctets("dhPrime", at + 2, exchange.Prime.Length, null, FieldText.Invariant($"{exchange.PrimeBits} bits"), spec);
            AddLength("dhGeneratorLength", body, exchange.Generator, 2, at, spec);
            AddPart("dhGenerator", body, exchange.Generator, at, spec);
        }

        AddLength("publicKeyLength", body, exchange.PublicKey, exchange.Group is null ? 2 : 1, at, spec);
        AddPart("publicKey", body, exchange.PublicKey, at, spec);
        var signed = exchange.Signed;
        if (signed.IsEmpty) return default;
        var start = at + OffsetOf(body, signed);
        if (exchange.HasScheme && exchange.SignatureScheme is { } scheme)
        {
            _rows.AddOctets("signatureScheme", start, 2, scheme, TlsSignatureSchemes.Name(scheme), "RFC 5246 §7.4.3");
            signed = signed[2..];
            start += 2;
        }

        AddLengthAt("signatureLength", body, start - at, 2, at, "RFC 5246 §7.4.3");
        if (signed.Length > 2) _rows.AddOctets("signature", start + 2, signed.Length - 2, null, FieldText.Bytes(signed[2..]), "RFC 5246 §7.4.3");
        return default;
    }

    private WireError AddOther(TlsHandshakeMessage message, int at)
    {
        Note(message.Type.ToText());
        var body = message.Body;
        if (message.Type == TlsHandshakeType.NewSessionTicket && body.Length >= 6)
        {
            _rows.AddOctets("ticketLifetime", at, 4, BitField.Read(body, 0, 32), FieldText.Seconds((uint)BitField.Read(body, 0, 32)), "RFC 5077 §3.3");
            AddLengthAt("ticketLength", body, 4, 2, at, "RFC 5077 §3.3");
            if (body.Length > 6) _rows.AddOctets("ticket", at + 6, body.Length - 6, null, FieldText.Bytes(body[6..]), "RFC 5077 §3.3");
        }
        else if (message.Type == TlsHandshakeType.CertificateRequest)
        {
            TlsExtensionDissector.AddCertificateRequest(_rows, body, at);
        }
        else if (message.Type == TlsHandshakeType.CertificateStatus && body.Length > 4)
        {
            _rows.AddOctets("statusType", at, 1, body[0], body[0] == 1 ? "ocsp (1)" : FieldText.Invariant($"{body[0]}"), "RFC 6066 §8");
            AddLengthAt("ocspResponseLength", body, 1, 3, at, "RFC 6066 §8");
            _rows.AddOctets("ocspResponse", at + 4, body.Length - 4, null, FieldText.Octets((ulong)body.Length - 4), "RFC 6066 §8");
        }
        else if (!body.IsEmpty)
        {
            _rows.AddOctets("handshakeBody", at, body.Length, null, FieldText.Bytes(body), "RFC 5246 §7.4");
        }

        return default;
    }

    private void AddExtension(TlsExtension extension, int at, bool isServer)
    {
        if (!_rows.KeepsFields) return;
        _rows.AddOctets(
            TlsExtensionDissector.FieldName(extension.Type), at + extension.Offset, extension.Bytes.Length, (ulong)extension.Type,
            TlsExtensionDissector.Describe(extension, isServer), TlsExtensionDissector.Spec(extension.Type));
    }

    /// <summary>The length in front of a part; of an empty part nothing tells where it stands.</summary>
    private void AddLength(string name, ReadOnlySpan<byte> body, ReadOnlySpan<byte> part, int octets, int at, string spec)
    {
        if (!part.IsEmpty) AddLengthAt(name, body, OffsetOf(body, part) - octets, octets, at, spec);
    }

    private void AddLengthAt(string name, ReadOnlySpan<byte> body, int offset, int octets, int at, string spec)
    {
        var length = BitField.Read(body, 8 * offset, 8 * octets);
        _rows.AddOctets(name, at + offset, octets, length, FieldText.Octets(length), spec);
    }

    private void AddPart(string name, ReadOnlySpan<byte> body, ReadOnlySpan<byte> part, int at, string spec)
    {
        if (!part.IsEmpty && _rows.KeepsFields) _rows.AddOctets(name, at + OffsetOf(body, part), part.Length, null, FieldText.Bytes(part), spec);
    }

    private static WireError Shift(WireError error, ReadOnlySpan<byte> body, ReadOnlySpan<byte> part)
        => error.IsError ? error with { Offset = error.Offset + OffsetOf(body, part) } : default;

    /// <summary>Where a part that was read from the body stands in it.</summary>
    private static int OffsetOf(ReadOnlySpan<byte> body, ReadOnlySpan<byte> part) => body.Overlaps(part, out var offset) ? offset : 0;

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "handshakeType" => FieldText.Named(((TlsHandshakeType)value).ToText(), value),
        "handshakeLength" or "sessionIdLength" => FieldText.Octets(value),
        "legacyVersion" => ((TlsVersion)value).ToText(),
        _ => null,
    };
}
