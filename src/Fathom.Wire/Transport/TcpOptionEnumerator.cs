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

    // Where the option stands. The option itself is made when somebody asks: a view that was stored a moment ago, part by part, cannot be copied at once.
    private int _offset;
    private int _length;

    // Where the walk ended at damage; the error is made of it when somebody asks, so that the walk itself stays light.
    private int _damage;

    /// <summary>Starts before the first option.</summary>
    /// <param name="options">The options' bytes.</param>
    public TcpOptionEnumerator(ReadOnlySpan<byte> options)
    {
        _options = options;
        _damage = options.Length;
    }

    /// <summary>The option at which the walk stands.</summary>
    public readonly TcpOption Current => new(_offset, _options.Slice(_offset, _length));

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the options.</summary>
    public readonly WireError Error
    {
        get
        {
            var rest = _options[_damage..];
            if (rest.IsEmpty) return default;
            if (rest.Length < 2) return WireError.TooShort(Name, _damage, 2, rest.Length, "option", LengthSource.HeaderLength);
            return rest[1] < 2
                ? WireError.BadLength(Name, _damage + 1, 2, rest[1], LengthSource.OptionLength, "option length")
                : WireError.TooShort(Name, _damage, rest[1], rest.Length, "option", LengthSource.HeaderLength);
        }
    }

    /// <summary>The enumerator itself, for <c>foreach</c>; a loop that also wants <see cref="Error"/> calls <see cref="MoveNext"/>.</summary>
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
            length = rest.Length < 2 ? 0 : rest[1];
            if (length < 2 || length > rest.Length)
            {
                _damage = _next;
                _next = _options.Length;
                return false;
            }
        }

        (_offset, _length) = (_next, length);
        _next = kind == TcpOptionKind.EndOfList ? _options.Length : _next + length;
        return true;
    }
}
