using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
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
    /// <summary>Octets of the longest number.</summary>
    public const int LongestNumber = 20;

    // What writes itself is asked again where it needs more room.
    private const int LongestWord = 256;
    private const int BlanksInLevel = 2;

    // What stands for itself in a JSON string, and is one octet in UTF-8.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (byte)c).Where(static c => c is not ((byte)'"' or (byte)'\\'))]);

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

    /// <summary>The comma before an array's element, except the first.</summary>
    public void Comma()
    {
        if (_needsComma)
        {
            Room(1)[0] = (byte)',';
            Length++;
        }

        _needsComma = true;
    }

    /// <summary>Says that an element, or a member, was written elsewhere before what comes.</summary>
    public void Follow() => _needsComma = true;

    /// <summary>Begins an array's element behind others that were written elsewhere.</summary>
    /// <param name="isFirst">There are no others.</param>
    public void Separate(bool isFirst)
    {
        _needsComma = !isFirst;
        Separate();
    }

    /// <summary>Begins a value in an array, or a name: the comma before it and its line.</summary>
    public void Separate()
    {
        Comma();
        if (isIndented) NewLine();
    }

    /// <summary>A member's name.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        const int Signs = 4;
        Separate();
        var room = Room(name.Length + Signs);
        room[0] = (byte)'"';
        name.CopyTo(room[1..]);
        var end = isIndented ? "\": "u8 : "\":"u8;
        end.CopyTo(room[(1 + name.Length)..]);
        Length += 1 + name.Length + end.Length;
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
    public void Value(ulong number) => Length += Digits(number, Room(LongestNumber));

    /// <summary>Writes a number's digits.</summary>
    /// <param name="number">The number.</param>
    /// <param name="room">At least <see cref="LongestNumber"/> octets.</param>
    /// <returns>Octets written.</returns>
    public static int Digits(ulong number, Span<byte> room)
    {
        const int Base = 10;
        if (number < Base)
        {
            room[0] = (byte)('0' + number);
            return 1;
        }

        Utf8Formatter.TryFormat(number, room, out var written);
        return written;
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
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = Encoding.UTF8.GetBytes(text, room);
        if (IsPlain(room[..written])) Length += written;
        else Escaped(text);
    }

    /// <summary>What writes itself, without quotation marks.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isPlain">Nothing in it has to be escaped.</param>
    public void Text<T>(T value, bool isPlain)
        where T : IUtf8SpanFormattable
    {
        int written;
        while (!value.TryFormat(Room(LongestWord), out written, default, CultureInfo.InvariantCulture)) Grow(2 * _bytes.Length);
        var text = _bytes.AsSpan(Length, written);
        if (isPlain || IsPlain(text)) Length += written;
        else Escaped(Encoding.UTF8.GetString(text));
    }

    /// <summary>Room behind what was written, to write into.</summary>
    /// <param name="count">Octets at least.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Says how much of the room was written.</summary>
    public void Advance(int count) => Length += count;

    // Arrows and ellipses of our own lines stand for themselves, too. The encoder decides about all else.
    private static bool IsPlain(ReadOnlySpan<byte> text)
    {
        for (int at; (at = text.IndexOfAnyExcept(Plain)) >= 0;)
        {
            text = text[at..];
            if (text.StartsWith("→"u8)) text = text["→"u8.Length..];
            else if (text.StartsWith("…"u8)) text = text["…"u8.Length..];
            else return false;
        }

        return true;
    }

    private void Escaped(string text)
    {
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

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + count));
}
