namespace Fathom.Wire.Internet;

/// <summary>
/// Walks neighbor discovery options without allocating. It ends at the end of the bytes, or at damage, which
/// <see cref="Error"/> then describes; options of a view that was read have none.
/// </summary>
public ref struct NdOptionEnumerator
{
    private const string Name = "neighbor discovery option";

    private readonly ReadOnlySpan<byte> _options;
    private int _next;

    /// <summary>Starts before the first option.</summary>
    /// <param name="options">The options' bytes.</param>
    public NdOptionEnumerator(ReadOnlySpan<byte> options) => _options = options;

    /// <summary>The option at which the walk stands.</summary>
    public NdOption Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the options.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly NdOptionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next option.</summary>
    public bool MoveNext()
    {
        var rest = _options[_next..];
        if (rest.IsEmpty) return false;
        if (rest.Length < 8) return Stop(WireError.TooShort(Name, _next, 8, rest.Length, "option"));
        var length = rest[1] * 8;

        // RFC 4861 §4.6: "Nodes MUST silently discard an ND packet that contains an option with length zero."
        if (length == 0) return Stop(WireError.BadLength(Name, _next + 1, 8, 0, LengthSource.OptionLength, "option length"));
        if (length > rest.Length) return Stop(WireError.TooShort(Name, _next, length, rest.Length, "option"));

        Current = new NdOption(_next, rest[..length]);
        _next += length;
        return true;
    }

    private bool Stop(WireError error)
    {
        Error = error;
        _next = _options.Length;
        return false;
    }
}
