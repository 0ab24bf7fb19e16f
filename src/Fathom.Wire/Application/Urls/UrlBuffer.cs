using System.Buffers;
using System.Text;

namespace Fathom.Wire.Application.Urls;

/// <summary>Text that grows in memory of the caller's, then of the pool's: what is written and thrown away costs no garbage.</summary>
internal ref struct UrlBuffer(Span<char> initial)
{
    private Span<char> _chars = initial;
    private char[]? _rented;

    /// <summary>How much is written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written.</summary>
    public readonly ReadOnlySpan<char> Written => _chars[..Length];

    public void Append(char c)
    {
        if (Length == _chars.Length) Grow(1);
        _chars[Length++] = c;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length) Grow(text.Length);
        text.CopyTo(_chars[Length..]);
        Length += text.Length;
    }

    /// <summary>Appends ASCII in lower case.</summary>
    public void AppendLower(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length) Grow(text.Length);
        Ascii.ToLower(text, _chars[Length..], out var written);
        Length += written;
    }

    /// <summary>Appends a number in decimal.</summary>
    public void Append(int number)
    {
        if (_chars.Length - Length < 11) Grow(11);
        number.TryFormat(_chars[Length..], out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Appends text, the characters of a set percent-encoded.</summary>
    public void AppendEncoded(scoped ReadOnlySpan<char> text, PercentEncodeSet set)
    {
        Span<byte> octets = stackalloc byte[4];
        while (true)
        {
            var clean = text.IndexOfAnyExcept(set.Kept);
            if (clean < 0)
            {
                Append(text);
                return;
            }

            Append(text[..clean]);
            text = text[clean..];
            Rune.DecodeFromUtf16(text, out var rune, out var used);
            text = text[used..];
            if (rune.Value == ' ' && ReferenceEquals(set, PercentEncodeSet.FormUrlEncoded))
            {
                Append('+');
                continue;
            }

            foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
            {
                Append('%');
                Append(UpperHex(octet >> 4));
                Append(UpperHex(octet & 15));
            }
        }
    }

    public void Insert(int at, scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length) Grow(text.Length);
        _chars[at..Length].CopyTo(_chars[(at + text.Length)..]);
        text.CopyTo(_chars[at..]);
        Length += text.Length;
    }

    /// <summary>Takes off what stands after a place.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Gives the pool's memory back. The text is gone then.</summary>
    public void Dispose()
    {
        if (_rented is { } rented) ArrayPool<char>.Shared.Return(rented);
        this = default;
    }

    public override readonly string ToString() => new(Written);

    private static char UpperHex(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + more, Length * 2));
        Written.CopyTo(larger);
        if (_rented is { } rented) ArrayPool<char>.Shared.Return(rented);
        _chars = _rented = larger;
    }
}
