using System.Diagnostics.CodeAnalysis;
using System.Text;
using Fathom.Cli.Input;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>Where packets to dissect come from: a capture file, standard input, or octets on the command line. Read as a stream.</summary>
internal sealed class PacketSource : IDisposable
{
    // A hex dump is typed or pasted; sixteen million characters are five million octets.
    private const int MaxText = 16 * 1024 * 1024;

    private const int CopyBuffer = 1 << 16;

    private readonly IReadOnlyList<byte[]> _packets;
    private Stream? _file;

    private PacketSource(Stream? file, IReadOnlyList<byte[]> packets, int? linkType)
    {
        _file = file;
        Reader = file is null ? null : new CaptureReader(file, leaveOpen: true);
        _packets = packets;
        LinkType = linkType;
    }

    /// <summary>The capture file's reader, for who wants its packets without a copy; null where the packets came as text.</summary>
    public CaptureReader? Reader { get; private set; }

    /// <summary>What the packets begin with, whatever the file says; null where the command line does not say.</summary>
    public int? LinkType { get; }

    /// <summary>Why reading ended, where it ended at damage.</summary>
    public CaptureError Error => Reader?.Error ?? default;

    /// <summary>The octets came without a link type, and none was given.</summary>
    public bool IsGuess => Reader is null && LinkType is null;

    /// <summary>Exactly one packet was given, and is therefore meant.</summary>
    public bool IsSingle => Reader is null && _packets.Count == 1;

    /// <summary>Lets the next <see cref="Read"/> begin at the first packet. What cannot be read twice, standard input, is first copied to a temporary file.</summary>
    /// <exception cref="IOException">The copy cannot be made.</exception>
    public void PrepareToReadAgain()
    {
        if (_file is null || _file.CanSeek) return;
        var copy = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, CopyBuffer, FileOptions.DeleteOnClose);
        _file.CopyTo(copy);
        _file.Dispose();
        _file = copy;
        Rewind();
    }

    /// <summary>Goes back to the first packet; only after <see cref="PrepareToReadAgain"/>.</summary>
    public void Rewind()
    {
        if (_file is null) return;
        _file.Position = 0;
        Reader = new CaptureReader(_file, leaveOpen: true);
    }

    /// <summary>Opens what the command line names.</summary>
    /// <param name="words">A file, "-", or hexadecimal in one or more words.</param>
    /// <param name="linkType">What the packets begin with, or null for what the file says.</param>
    /// <param name="source">The source, or null.</param>
    /// <param name="reason">Why not.</param>
    public static bool TryOpen(IReadOnlyList<string> words, int? linkType, [NotNullWhen(true)] out PacketSource? source, out string reason)
    {
        var word = words[0];
        if (words.Count == 1 && (word == "-" || File.Exists(word)))
        {
            try
            {
                return TryOpen(word == "-" ? StandardInput.Open() : new FileStream(word, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), word == "-" ? "standard input" : word, linkType, out source, out reason);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                (source, reason) = (null, $"{word}: {e.Message}");
                return false;
            }
        }

        source = HexDump.TryParse(string.Join(' ', words), out var packets, out reason) ? new PacketSource(null, packets, linkType) : null;
        if (source is null) reason = $"'{(words.Count == 1 ? word : string.Join(' ', words))}': no such file, and as hexadecimal: {reason}";
        return source is not null;
    }

    /// <summary>Reads to the end, or to the damage. A packet's octets are lent: they are valid until the next one is read.</summary>
    public IEnumerable<SourcePacket> Read()
    {
        var number = 0;
        foreach (var bytes in _packets) yield return new SourcePacket(++number, null, LinkType ?? LinkTypeText.Guess(bytes), bytes, bytes.Length, null, []);
        while (Next(number + 1) is { } packet)
        {
            number++;
            yield return packet;
        }
    }

    public void Dispose() => _file?.Dispose();

    private SourcePacket? Next(int number) => Reader is not null && Reader.TryReadRecord(out var record)
        ? new SourcePacket(number, record.UnixNanoseconds, LinkType ?? record.Interface.LinkType, record.Memory, record.OriginalLength, record.Interface.Name, record.Comments)
        : null;

    private static bool TryOpen(Stream stream, string name, int? linkType, out PacketSource? source, out string reason)
    {
        const int GzipMagic = 0x1F8B;
        var start = new byte[4];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new PrefixStream(start.AsMemory(0, count), stream);
        (source, reason) = (null, string.Empty);
        if (CaptureReader.IsCapture(start.AsSpan(0, count)))
        {
            if (stream.CanSeek) stream.Position = 0;
            source = new PacketSource(stream.CanSeek ? stream : whole, [], linkType);
            return true;
        }

        using (whole)
        {
            if (count == 0) reason = $"{name} is empty";
            else if (count >= 2 && ((start[0] << 8) | start[1]) == GzipMagic) reason = $"{name} is compressed: zcat {name} | fathom dissect -";
            else if (!TryReadText(whole, out var text)) reason = $"{name} is neither pcap, nor pcapng, nor a hex dump";
            else if (HexDump.TryParse(text, out var packets, out reason)) source = new PacketSource(null, packets, linkType);
            else reason = $"{name} is neither pcap, nor pcapng, nor a hex dump: {reason}";
            return source is not null;
        }
    }

    private static bool TryReadText(Stream stream, out string text)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; bytes.Length <= MaxText && (read = stream.Read(buffer)) > 0;)
        {
            if (buffer.AsSpan(0, read).Contains((byte)0)) break;
            bytes.Write(buffer, 0, read);
        }

        text = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        return bytes.Length is > 0 and <= MaxText && !text.AsSpan(0, Math.Min(text.Length, 4096)).ContainsAnyInRange('\u0001', '\u0008');
    }
}
