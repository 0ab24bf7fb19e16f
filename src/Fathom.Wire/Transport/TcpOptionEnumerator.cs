namespace Fathom.Wire.Transport;

/// <summary>
/// Walks TCP options without allocating. It ends at the end-of-list option (which it yields), at the end of the
/// bytes, or at damage, which <see cref="Error"/> then describes. A receiver must be prepared for damage (RFC 9293 §3.1, MUST-7).
/// </summary>
public ref struct TcpOptionEnumerator
{
    private const string Name = "TCP option";

    private readonly ReadOnlySpan<byte> _options;
    private int _next;

    /// <summary>Starts before the first option.</summary>
    /// <param name="options">The options' bytes.</param>
    public TcpOptionEnumerator(ReadOnlySpan<byte> options) => _options = options;

    /// <summary>The option at which the walk stands.</summary>
    public TcpOption Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the options.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly TcpOptionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next option.</summary>
    public bool MoveNext()
    {
        var rest = _options[_next..];
        if (rest.IsEmpty) return false;
        var kind = (TcpOptionKind)rest[0];
        var length = 1;
        if (kind is not (TcpOptionKind.EndOfList or TcpOptionKind.NoOperation))
        {
            if (rest.Length < 2) return Stop(WireError.TooShort(Name, _next, 2, rest.Length, "option", LengthSource.HeaderLength));
            length = rest[1];
            if (length < 2) return Stop(WireError.BadLength(Name, _next + 1, 2, length, LengthSource.OptionLength, "option length"));
            if (length > rest.Length) return Stop(WireError.TooShort(Name, _next, length, rest.Length, "option", LengthSource.HeaderLength));
        }

        Current = new TcpOption(_next, rest[..length]);
        _next = kind == TcpOptionKind.EndOfList ? _options.Length : _next + length;
        return true;
    }

    private bool Stop(WireError error)
    {
        Error = error;
        _next = _options.Length;
        return false;
    }
}
