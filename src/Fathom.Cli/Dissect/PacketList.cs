using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Fathom.Wire.Application;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>
/// The list: one line a packet, with its number, the seconds since the first packet, its octets, and what it is. Lines are made in UTF-8 and written
/// in large pieces; to a terminal each by itself, and none longer than it is wide.
/// </summary>
internal sealed class PacketList(Stream output, int? width, bool withInterface = false)
{
    private const int FlushAt = 1 << 16;
    private const long NanosecondsPerMicrosecond = 1000;
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly CaptureDissector _dissector = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushAt);
    private readonly ArrayBufferWriter<byte> _aside = new();
    private long? _start;

    /// <summary>Adds a packet.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="unixNanoseconds">When; null where nobody knows.</param>
    /// <param name="originalLength">Octets on the link.</param>
    /// <param name="linkType">What it begins with.</param>
    /// <param name="bytes">The octets kept.</param>
    /// <param name="interfaceName">Where, for a list that says so. Text that may come from a file.</param>
    /// <param name="isShown">False for a packet that is only remembered, since a later one may end what it began.</param>
    public void Add(int number, long? unixNanoseconds, long originalLength, int linkType, ReadOnlyMemory<byte> bytes, string? interfaceName = null, bool isShown = true)
    {
        const int NumberWidth = 5, TimeWidth = 11;
        _start ??= unixNanoseconds;
        var time = PacketTime.Since(unixNanoseconds, _start);
        if (!isShown)
        {
            _dissector.WriteSummary(linkType, bytes, number, time, _aside);
            _aside.ResetWrittenCount();
            return;
        }

        AddNumber(number, NumberWidth);
        AddText(" "u8);
        if (unixNanoseconds is { } now) AddTime(now - _start!.Value, TimeWidth);
        else AddText("           "u8);
        AddText(" "u8);
        AddNumber(originalLength, NumberWidth);
        AddText("  "u8);
        if (withInterface && interfaceName is not null) Encoding.UTF8.GetBytes(TextSanitizer.Escape(interfaceName) + "  ", _buffer);
        _dissector.WriteSummary(linkType, bytes, number, time, _buffer);
        if (width is { } most) Cut(most);
        AddText("\n"u8);
        if (width is not null || _buffer.WrittenCount >= FlushAt) Flush();
    }

    /// <summary>Writes what was kept back.</summary>
    public void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        output.Flush();
        _buffer.ResetWrittenCount();
    }

    private void AddText(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.GetSpan(text.Length));
        _buffer.Advance(text.Length);
    }

    // Right-aligned.
    private void AddNumber(long number, int columns)
    {
        const int MostDigits = 20;
        var room = _buffer.GetSpan(columns + MostDigits);
        Utf8Formatter.TryFormat(number, room[columns..], out var digits);
        var blanks = Math.Max(0, columns - digits);
        room[..blanks].Fill((byte)' ');
        room.Slice(columns, digits).CopyTo(room[blanks..]);
        _buffer.Advance(blanks + digits);
    }

    // Seconds with six decimals, right-aligned. Whole numbers throughout: a file's times may be anything.
    private void AddTime(long nanoseconds, int columns)
    {
        const int Decimals = 6, MostDigits = 32;
        Span<byte> text = stackalloc byte[MostDigits];
        var magnitude = (Int128.Abs(nanoseconds) + (NanosecondsPerMicrosecond / 2)) / NanosecondsPerMicrosecond;
        var microseconds = (long)magnitude;
        var at = 0;
        if (nanoseconds < 0 && microseconds > 0) text[at++] = (byte)'-';
        Utf8Formatter.TryFormat(microseconds / MicrosecondsPerSecond, text[at..], out var digits);
        at += digits;
        text[at++] = (byte)'.';
        Utf8Formatter.TryFormat(microseconds % MicrosecondsPerSecond, text[at..], out _, new StandardFormat('D', Decimals));
        at += Decimals;
        for (var blanks = columns - at; blanks > 0; blanks--) AddText(" "u8);
        AddText(text[..at]);
    }

    private void Cut(int most)
    {
        var line = Encoding.UTF8.GetString(_buffer.WrittenSpan);
        if (line.Length <= most) return;
        _buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(line[..(most - 1)] + "…", _buffer);
    }
}
