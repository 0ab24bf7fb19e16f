using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Capture;

/// <summary>
/// Reads a capture file, packet by packet, as a stream and in constant memory: classic pcap (microseconds, nanoseconds, and the
/// "modified" kind) and pcapng, in both byte orders; the magic number decides. A damaged file is read up to the damage, which
/// <see cref="Error"/> then tells. Not safe for several threads at once; a lock around <see cref="TryReadBatch"/> is enough to share it.
/// </summary>
/// <remarks>
/// There are three ways to read, which may be mixed: <see cref="TryRead"/> gives packets to keep, <see cref="TryReadRecord"/> lends one after
/// another and allocates nothing, and <see cref="TryReadBatch"/> lends many at once, for another thread.
/// </remarks>
public sealed class CaptureReader : IDisposable
{
    /// <summary>
    /// Octets of the longest block or record that is read. tcpdump's and Wireshark's largest snap length is 262,144, Wireshark's largest
    /// block 16 MiB; what claims more is damage.
    /// </summary>
    public const int MaxBlockLength = 16 * 1024 * 1024;

    private const int MagicLength = 4;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly CaptureBuffer _buffer;
    private readonly PcapngDescriptions _descriptions = new();
    private ICaptureFileReader? _reader;
    private RecordHead _head;
    private bool _ended;

    /// <summary>Makes the reader; reads nothing yet.</summary>
    /// <param name="stream">The file's bytes. They are read in large pieces: a buffer around the stream is not needed.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    public CaptureReader(Stream stream, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _leaveOpen = leaveOpen;
        _buffer = new CaptureBuffer(stream);
    }

    /// <summary>How the file is written; known after the first read.</summary>
    public CaptureFormat Format { get; private set; }

    /// <summary>All octets that were read from the stream have been handed out: the next read may have to wait for a pipe's writer.</summary>
    public bool IsDrained => _buffer.Available == 0;

    /// <summary>Why reading ended, where it ended at damage.</summary>
    public CaptureError Error { get; private set; }

    /// <summary>What the pcapng section read last says about where it comes from, or null.</summary>
    public PcapngSection? Section => _descriptions.Section;

    /// <summary>How much of the traffic the file holds: the latest figures of each interface that were read so far, in pcapng's usual order at the file's end.</summary>
    public IReadOnlyList<CaptureStatistics> Statistics => _descriptions.Statistics;

    /// <summary>The names of addresses that were read so far; at most 65,536.</summary>
    public IReadOnlyList<CapturedName> Names => _descriptions.Names;

    /// <summary>True if a file's first four octets are the magic number of a capture format that is read, or one that <see cref="Error"/> will name.</summary>
    /// <param name="start">The first octets.</param>
    public static bool IsCapture(ReadOnlySpan<byte> start) => start.Length >= MagicLength
        && (BinaryPrimitives.ReadUInt32BigEndian(start) == PcapngFormat.SectionHeaderBlock || PcapMagic.TryRead(start, out _, out _) || PcapMagic.NameOfOther(start) is not null);

    /// <summary>Reads the next packet, with octets of its own.</summary>
    /// <param name="packet">The packet, or null.</param>
    /// <returns>False at the end of the file, and at damage: <see cref="Error"/> tells them apart.</returns>
    public bool TryRead([NotNullWhen(true)] out CapturedPacket? packet)
    {
        packet = TryReadRecord(out var record) ? record.ToPacket() : null;
        return packet is not null;
    }

    /// <summary>Reads the next packet and lends it until the next read. Allocates nothing, save memory for a record larger than any before.</summary>
    /// <param name="record">The packet, or the default.</param>
    /// <returns>False at the end of the file, and at damage: <see cref="Error"/> tells them apart.</returns>
    public bool TryReadRecord(out CaptureRecord record)
    {
        if (!_ended && (_reader ??= Open()) is { } reader && reader.Step(true, ref _head) == CaptureStep.Record)
        {
            record = new CaptureRecord(_buffer.Bytes, in _head);
            return true;
        }

        record = default;
        return End();
    }

    /// <summary>Reads the next packets, as many as are at hand, and waits for the first only.</summary>
    /// <param name="batch">Takes them, in place of what it held. It must not be in use.</param>
    /// <returns>False at the end of the file, and at damage: <see cref="Error"/> tells them apart.</returns>
    public bool TryReadBatch(CaptureBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!_ended && (_reader ??= Open()) is { } reader)
        {
            if (batch.Fill(reader, _buffer) == CaptureStep.End) End();
            return batch.Count > 0;
        }

        batch.Clear();
        return End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_leaveOpen) _stream.Dispose();
    }

    private bool End()
    {
        _ended = true;
        if (_reader is not null) Error = _reader.Error;
        return false;
    }

    private ICaptureFileReader? Open()
    {
        if (!_buffer.TryFill(MagicLength, true))
        {
            Error = new CaptureError(WireErrorKind.TooShort, 0, "the file is too short for a magic number");
            return null;
        }

        var start = _buffer.Window;
        if (BinaryPrimitives.ReadUInt32BigEndian(start) == PcapngFormat.SectionHeaderBlock)
        {
            Format = CaptureFormat.Pcapng;
            return new PcapngReader(_buffer, _descriptions);
        }

        if (PcapMagic.TryRead(start, out var magic, out var isBigEndian))
        {
            Format = CaptureFormat.Pcap;
            return new PcapReader(_buffer, magic, isBigEndian);
        }

        Error = new CaptureError(WireErrorKind.BadValue, 0, PcapMagic.NameOfOther(start) is { } name
            ? $"the file is {name}, which is not read; Wireshark's editcap or tshark -w makes pcapng of most formats"
            : "the magic number is neither pcap's nor pcapng's");
        return null;
    }
}
