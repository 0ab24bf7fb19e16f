namespace Fathom.Wire.Internet;

/// <summary>
/// Walks IPv4 options without allocating. It ends at the end-of-list option (which it yields), at the end of the
/// bytes, or at damage, which <see cref="Error"/> then describes.
/// </summary>
public ref struct Ipv4OptionEnumerator
{
    private readonly ReadOnlySpan<byte> _options;
    private int _next;

    /// <summary>Starts before the first option.</summary>
    /// <param name="options">The options' bytes.</param>
    public Ipv4OptionEnumerator(ReadOnlySpan<byte> options) => _options = options;

    /// <summary>The option at which the walk stands.</summary>
    public Ipv4Option Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the options.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly Ipv4OptionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next option.</summary>
    public bool MoveNext()
    {
        if (_next >= _options.Length) return false;
        var at = _next;
        var type = (Ipv4OptionType)_options[at];
        int length;
        if (type is Ipv4OptionType.EndOfList or Ipv4OptionType.NoOperation)
        {
            length = 1;
        }
        else if (!Ipv4Packet.TryMeasureOption(_options, at, out length, out var error))
        {
            Error = error;
            _next = _options.Length;
            return false;
        }

        Current = new Ipv4Option(at, _options.Slice(at, length));
        _next = type == Ipv4OptionType.EndOfList ? _options.Length : at + length;
        return true;
    }
}
