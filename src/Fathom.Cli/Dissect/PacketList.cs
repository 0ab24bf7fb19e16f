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
        _start ??= unixNanoseconds;
        var time = PacketTime.Since(unixNanoseconds, _start);
        if (!isShown)
        {
            _dissector.WriteSummary(linkType, bytes, number, time, _aside);
            _aside.ResetWrittenCount();
            return;
        }

        AddHead(number, unixNanoseconds, originalLength);
        if (withInterface && interfaceName is not null) Encoding.UTF8.GetBytes(TextSanitizer.Escape(interfaceName) + "  ", _buffer);
        _dissector.WriteSummary(linkType, bytes, number, time, _buffer);
        if (width is { } most) Cut(most);
        _buffer.GetSpan(1)[0] = (byte)'\n';
        _buffer.Advance(1);
        if (width is not null || _buffer.WrittenCount >= FlushAt) Flush();
    }

    /// <summary>Writes what was kept back.</summary>
    public void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        output.Flush();
        _buffer.ResetWrittenCount();
    }

    // Three columns, right-aligned: the number, seconds with six decimals, octets. A file's times may be anything, and then stand out.
    private void AddHead(int number, long? unixNanoseconds, long originalLength)
    {
        const int NumberWidth = 5, TimeWidth = 11, Longest = 96;
        var room = _buffer.GetSpan(Longest);
        var at = WriteNumber((ulong)number, NumberWidth, room);
        room[at++] = (byte)' ';
        at += unixNanoseconds is { } now ? WriteTime(now - _start!.Value, TimeWidth, room[at..]) : WriteBlanks(TimeWidth, room[at..]);
        room[at++] = (byte)' ';
        at += WriteNumber((ulong)originalLength, NumberWidth, room[at..]);
        at += WriteBlanks(2, room[at..]);
        _buffer.Advance(at);
    }

    private static int WriteBlanks(int count, Span<byte> room)
    {
        room[..count].Fill((byte)' ');
        return count;
    }

    // The digits come last to first; a number that has more is written again behind them.
    private static int WriteNumber(ulong number, int columns, Span<byte> room)
    {
        const int Base = 10;
        var at = columns;
        do
        {
            room[--at] = (byte)('0' + (number % Base));
            number /= Base;
        }
        while (number > 0 && at > 0);
        if (number == 0)
        {
            room[..at].Fill((byte)' ');
            return columns;
        }

        Span<byte> rest = stackalloc byte[columns];
        room[..columns].CopyTo(rest);
        Utf8Formatter.TryFormat(number, room, out var digits);
        rest.CopyTo(room[digits..]);
        return digits + columns;
    }

    private static int WriteTime(long nanoseconds, int columns, Span<byte> room)
    {
        const int Decimals = 6;
        const ulong NanosecondsPerMicrosecond = 1000, MicrosecondsPerSecond = 1_000_000;
        var magnitude = nanoseconds < 0 ? (ulong)-(nanoseconds + 1) + 1 : (ulong)nanoseconds;
        var microseconds = (magnitude + (NanosecondsPerMicrosecond / 2)) / NanosecondsPerMicrosecond;
        var isNegative = nanoseconds < 0 && microseconds > 0;
        var (seconds, fraction) = Math.DivRem(microseconds, MicrosecondsPerSecond);
        var at = WriteNumber(seconds, columns - Decimals - 1, room);
        if (isNegative) at = WriteSign(room, at);
        room[at++] = (byte)'.';
        for (var i = Decimals - 1; i >= 0; i--, fraction /= 10) room[at + i] = (byte)('0' + (fraction % 10));
        return at + Decimals;
    }

    // Into the last blank, or before all digits.
    private static int WriteSign(Span<byte> room, int length)
    {
        var blanks = room[..length].LastIndexOf((byte)' ');
        if (blanks < 0)
        {
            room[..length].CopyTo(room[1..]);
            blanks = 0;
            length++;
        }

        room[blanks] = (byte)'-';
        return length;
    }

    private void Cut(int most)
    {
        var line = Encoding.UTF8.GetString(_buffer.WrittenSpan);
        if (line.Length <= most) return;
        _buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(line[..(most - 1)] + "…", _buffer);
    }
}
