using System.Text;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>
/// What a field's value says to a person, kept as what it is made of and put into words by who shows it. Nearly all fields of nearly all packets are
/// a number, an address or a name of a table: no text is made for those that nobody looks at. Safe for a terminal: nothing from the network is in it unescaped.
/// </summary>
public readonly struct FieldWords : IUtf8SpanFormattable, IEquatable<FieldWords>
{
    // Names of tables and addresses are shorter; a text is as long as it is.
    private const int OrdinaryRoom = 128;

    // A text, or the form of the number. Sixteen octets in all: a method returns them in registers.
    private readonly object? _what;
    private readonly ulong _number;

    private FieldWords(object what, ulong number = 0)
    {
        _what = what;
        _number = number;
    }

    /// <summary>True where a text is among the words; others are made of digits, letters and their signs.</summary>
    public bool HasText => _what is string or FieldForm { HasText: true };

    /// <summary>No words: the default says what there is to say.</summary>
    internal bool IsNone => _what is null;

    /// <summary>A text; none for null.</summary>
    public static implicit operator FieldWords(string? text) => text is null ? default : new FieldWords(text);

    /// <summary>True for the same words.</summary>
    public static bool operator ==(FieldWords left, FieldWords right) => left.Equals(right);

    /// <summary>True for other words.</summary>
    public static bool operator !=(FieldWords left, FieldWords right) => !left.Equals(right);

    /// <summary>A number in a form.</summary>
    internal static FieldWords Of(FieldForm form, ulong number) => new(form, number);

    /// <summary>An address of either version.</summary>
    internal static FieldWords Of(IpAddress address)
        => address.IsV6 ? new(new FieldForm.Ipv6(address)) : new(FieldForm.Address4, (ulong)address.Value);

    /// <summary>These words, or others where there are none.</summary>
    internal FieldWords Or(FieldWords others) => IsNone ? others : this;

    /// <inheritdoc/>
    public bool Equals(FieldWords other) => _number == other._number && (ReferenceEquals(_what, other._what) || (_what is not null && _what.Equals(other._what)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FieldWords other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_what, _number);

    /// <summary>Writes the words in UTF-8. False if the room is too small.</summary>
    /// <param name="utf8Destination">The room.</param>
    /// <param name="bytesWritten">Octets written; 0 where the room is too small.</param>
    /// <param name="format">Has no meaning here.</param>
    /// <param name="provider">Has no meaning here: words are the same in every culture.</param>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        var line = new SummaryBuffer(utf8Destination);
        if (_what is string text) line.Add(text);
        else if (_what is FieldForm form) form.Write(_number, ref line);
        bytesWritten = line.IsFull ? 0 : line.Length;
        return !line.IsFull;
    }

    /// <summary>The words; empty where there are none.</summary>
    public override string ToString()
    {
        if (_what is not FieldForm) return _what as string ?? string.Empty;
        Span<byte> room = stackalloc byte[OrdinaryRoom];
        if (TryFormat(room, out var written)) return Encoding.UTF8.GetString(room[..written]);
        // A name that is longer came from no table of ours.
        for (var length = 2 * OrdinaryRoom; ; length *= 2)
        {
            var longer = new byte[length];
            if (TryFormat(longer, out written)) return Encoding.UTF8.GetString(longer, 0, written);
        }
    }
}
