namespace Fathom.Wire.Application.Tls;

/// <summary>
/// Walks the certificates of a Certificate message (RFC 8446 §4.4.2, RFC 5246 §7.4.2) without allocating, in the order of the message. It ends at
/// damage, which <see cref="Error"/> then describes.
/// </summary>
public ref struct TlsCertificateEnumerator
{
    private const int LengthOctets = 3;

    private readonly ReadOnlySpan<byte> _body;
    private readonly bool _hasExtensions;
    private int _next;

    /// <summary>Starts before the first certificate.</summary>
    /// <param name="body">The body, without the handshake header.</param>
    /// <param name="version">The version that the ServerHello selected: from TLS 1.3 on the form is another.</param>
    public TlsCertificateEnumerator(ReadOnlySpan<byte> body, TlsVersion version)
    {
        _body = body;
        _hasExtensions = version >= TlsVersion.Tls13;
        var cursor = new TlsCursor(body);
        if (_hasExtensions) cursor.Vector(1, "certificate request context");
        _next = cursor.Position + LengthOctets;
        cursor.Vector(LengthOctets, "certificate list");
        cursor.End("Certificate");
        Error = cursor.Error;
        if (_next > body.Length) _next = body.Length;
    }

    /// <summary>The certificate's DER.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Octets from the start of the body to the certificate's DER.</summary>
    public int Offset { get; private set; }

    /// <summary>Why the message is not whole or the walk ended early, or no error. Its offset counts from the start of the body.</summary>
    public WireError Error { get; private set; }

    /// <summary>Steps to the next certificate; of a message that is cut, to those that are whole.</summary>
    public bool MoveNext()
    {
        if (_next >= _body.Length) return false;
        var cursor = new TlsCursor(_body[_next..]);
        var certificate = cursor.Vector(LengthOctets, "certificate");
        var error = cursor.Error;
        if (!error.IsError && _hasExtensions) cursor.Vector(2, "certificate's extensions");
        if (cursor.Error.IsError && !Error.IsError) Error = cursor.Error with { Offset = cursor.Error.Offset + _next };
        if (error.IsError)
        {
            _next = _body.Length;
            return false;
        }

        Offset = _next + LengthOctets;
        Current = certificate;
        _next += cursor.Position;
        return true;
    }
}
