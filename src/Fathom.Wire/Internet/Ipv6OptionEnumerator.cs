namespace Fathom.Wire.Internet;

/// <summary>
/// Walks the options of a hop-by-hop or destination options header without allocating, padding included. It ends
/// at the end of the bytes, or at damage, which <see cref="Error"/> then describes.
/// </summary>
public ref struct Ipv6OptionEnumerator
{
    private const string Name = "IPv6 option";

    private readonly ReadOnlySpan<byte> _options;
    private int _next;

    /// <summary>Starts before the first option.</summary>
    /// <param name="options">The options' bytes.</param>
    public Ipv6OptionEnumerator(ReadOnlySpan<byte> options) => _options = options;

    /// <summary>The option at which the walk stands.</summary>
    public Ipv6Option Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the options.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly Ipv6OptionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next option.</summary>
    public bool MoveNext()
    {
        var rest = _options[_next..];
        if (rest.IsEmpty) return false;
        var length = 1;
        if (rest[0] != (byte)Ipv6OptionType.Pad1)
        {
            if (rest.Length < 2) return Stop(WireError.TooShort(Name, _next, 2, rest.Length, "option", LengthSource.HeaderLength));
            length = 2 + rest[1];
            if (length > rest.Length) return Stop(WireError.TooShort(Name, _next, length, rest.Length, "option", LengthSource.HeaderLength));
        }

        Current = new Ipv6Option(_next, rest[..length]);
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
