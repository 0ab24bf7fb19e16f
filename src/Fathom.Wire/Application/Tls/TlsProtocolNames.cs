namespace Fathom.Wire.Application.Tls;

/// <summary>Walks ALPN's protocol names (RFC 7301 §3.1) without allocating; ends at damage.</summary>
public ref struct TlsProtocolNames
{
    private ReadOnlySpan<byte> _rest;

    internal TlsProtocolNames(ReadOnlySpan<byte> names) => _rest = names;

    /// <summary>The name at which the walk stands; not escaped.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly TlsProtocolNames GetEnumerator() => this;

    /// <summary>Steps to the next name.</summary>
    public bool MoveNext()
    {
        if (!TlsVectors.TryTake(ref _rest, 1, out var name)) return false;
        Current = name;
        return true;
    }
}
