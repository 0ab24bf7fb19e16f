using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Fathom.Cli.Output;

/// <summary>
/// JSON under way, in UTF-8, formatted as <see cref="JsonText"/> does: for outputs of millions of values, where the care that
/// <see cref="System.Text.Json.Utf8JsonWriter"/> takes over each costs more than the value. Who uses it sees to names and nesting.
/// </summary>
internal sealed class JsonBuffer(bool isIndented, int capacity = 1 << 16)
{
    private const int LongestNumber = 20;
    private const int BlanksInLevel = 2;

    // What stands for itself in a JSON string, and is one octet in UTF-8.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c).Where(static c => c is not ('"' or '\\'))]);

    private byte[] _bytes = new byte[capacity];
    private bool _needsComma;

    /// <summary>Objects and arrays that are open; to begin inside others, it may be set.</summary>
    public int Depth { get; set; }

    /// <summary>Octets written.</summary>
    public int Length { get; private set; }

    /// <summary>The octets written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets the octets; nesting stays.</summary>
    public void Clear() => Length = 0;

    /// <summary>Adds octets as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Begins an array's element with octets as they are, of which the first is the comma before it; the first element has none.</summary>
    public void Element(ReadOnlySpan<byte> withComma)
    {
        Raw(_needsComma ? withComma : withComma[1..]);
        _needsComma = true;
    }

    /// <summary>Begins a value in an array, or a name: the comma before it and its line.</summary>
    public void Separate()
    {
        if (_needsComma) Raw(","u8);
        _needsComma = true;
        if (isIndented) NewLine();
    }

    /// <summary>A member's name.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        Separate();
        Raw("\""u8);
        Raw(name);
        Raw(isIndented ? "\": "u8 : "\":"u8);
    }

    /// <summary>Begins an object or an array, with '{' or '['.</summary>
    public void Open(char bracket)
    {
        Room(1)[0] = (byte)bracket;
        Length++;
        Depth++;
        _needsComma = false;
    }

    /// <summary>Ends an object or an array, with '}' or ']'.</summary>
    public void Close(char bracket)
    {
        Depth--;
        if (isIndented && _needsComma) NewLine();
        Room(1)[0] = (byte)bracket;
        Length++;
        _needsComma = true;
    }

    /// <summary>A member that is a number.</summary>
    public void Member(ReadOnlySpan<byte> name, long number)
    {
        Name(name);
        Utf8Formatter.TryFormat(number, Room(LongestNumber), out var written);
        Length += written;
    }

    /// <summary>A member that is a text.</summary>
    public void Member(ReadOnlySpan<byte> name, string text)
    {
        Name(name);
        Value(text);
    }

    /// <summary>A number.</summary>
    public void Value(ulong number)
    {
        Utf8Formatter.TryFormat(number, Room(LongestNumber), out var written);
        Length += written;
    }

    /// <summary>A text with its quotation marks.</summary>
    public void Value(string text)
    {
        Raw("\""u8);
        Text(text);
        Raw("\""u8);
    }

    /// <summary>A text without its quotation marks.</summary>
    public void Text(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            Encoding.ASCII.GetBytes(text, Room(text.Length));
            Length += text.Length;
            return;
        }

        var escaped = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
        Length += Encoding.UTF8.GetBytes(escaped, Room(Encoding.UTF8.GetMaxByteCount(escaped.Length)));
    }

    private void NewLine()
    {
        var blanks = BlanksInLevel * Depth;
        var room = Room(1 + blanks);
        room[0] = (byte)'\n';
        room.Slice(1, blanks).Fill((byte)' ');
        Length += 1 + blanks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        return _bytes.AsSpan(Length);
    }

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + count));
}
