using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>Walks DHCPv6 options without allocating, those of one level. It ends at damage, which <see cref="Error"/> then describes.</summary>
public ref struct Dhcpv6OptionEnumerator
{
    private readonly ReadOnlySpan<byte> _options;
    private int _next;

    /// <summary>Starts before the first option.</summary>
    /// <param name="options">The options' bytes.</param>
    public Dhcpv6OptionEnumerator(ReadOnlySpan<byte> options) => _options = options;

    /// <summary>The option at which the walk stands.</summary>
    public Dhcpv6Option Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the options.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>; a loop that also wants <see cref="Error"/> calls <see cref="MoveNext"/>.</summary>
    public readonly Dhcpv6OptionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next option.</summary>
    public bool MoveNext()
    {
        var rest = _options[_next..];
        if (rest.IsEmpty) return false;
        var needed = rest.Length < Dhcpv6Option.HeaderLength ? Dhcpv6Option.HeaderLength : Dhcpv6Option.HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        if (needed > rest.Length)
        {
            Error = WireError.TooShort(Dhcpv6Message.Protocol, _next, needed, rest.Length, "option");
            _next = _options.Length;
            return false;
        }

        Current = new Dhcpv6Option(_next, rest[..needed]);
        _next += needed;
        return true;
    }
}
