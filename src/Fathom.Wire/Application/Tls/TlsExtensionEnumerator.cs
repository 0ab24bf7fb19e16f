namespace Fathom.Wire.Application.Tls;

/// <summary>Walks extensions (RFC 8446 §4.2) without allocating. It ends at damage, which <see cref="Error"/> then describes.</summary>
public ref struct TlsExtensionEnumerator
{
    private readonly ReadOnlySpan<byte> _extensions;
    private int _next;

    /// <summary>Starts before the first extension.</summary>
    /// <param name="extensions">The extensions, without the length of the whole.</param>
    public TlsExtensionEnumerator(ReadOnlySpan<byte> extensions) => _extensions = extensions;

    /// <summary>The extension at which the walk stands.</summary>
    public TlsExtension Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the extensions.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>; a loop that also wants <see cref="Error"/> calls <see cref="MoveNext"/>.</summary>
    public readonly TlsExtensionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next extension.</summary>
    public bool MoveNext()
    {
        var rest = _extensions[_next..];
        if (rest.IsEmpty) return false;
        if (rest.Length < TlsExtension.HeaderLength) return Stop(WireError.TooShort(TlsRecord.Protocol, _next, TlsExtension.HeaderLength, rest.Length, "extension"));
        var length = TlsExtension.HeaderLength + TlsVectors.ReadLength(rest[2..], 2);
        if (length > rest.Length) return Stop(WireError.TooShort(TlsRecord.Protocol, _next, length, rest.Length, "extension"));
        Current = new TlsExtension(_next, rest[..length]);
        _next += length;
        return true;
    }

    private bool Stop(WireError error)
    {
        Error = error;
        _next = _extensions.Length;
        return false;
    }
}
