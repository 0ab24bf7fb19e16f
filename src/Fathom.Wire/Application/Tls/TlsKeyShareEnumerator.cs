namespace Fathom.Wire.Application.Tls;

/// <summary>Walks a client's key shares (RFC 8446 §4.2.8) without allocating; ends at damage.</summary>
public ref struct TlsKeyShareEnumerator
{
    private ReadOnlySpan<byte> _rest;

    internal TlsKeyShareEnumerator(ReadOnlySpan<byte> shares) => _rest = shares;

    /// <summary>The share's group.</summary>
    public ushort Group { get; private set; }

    /// <summary>The share's key.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Steps to the next share.</summary>
    public bool MoveNext()
    {
        if (!TlsVectors.TryTake16(ref _rest, out var group) || !TlsVectors.TryTake(ref _rest, 2, out var key)) return false;
        Group = group;
        Key = key;
        return true;
    }
}
