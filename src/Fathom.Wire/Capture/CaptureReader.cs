using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Capture;

/// <summary>
/// Reads a capture file, packet by packet: classic pcap (microseconds and nanoseconds) and pcapng, in both byte orders; the
/// magic number decides. A damaged file is read up to the damage, which <see cref="Error"/> then tells. Not safe for several threads at once.
/// </summary>
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
    private ICaptureFileReader? _reader;
    private bool _ended;

    /// <summary>Makes the reader; reads nothing yet.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the reader is disposed.</param>
    public CaptureReader(Stream stream, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _leaveOpen = leaveOpen;
    }

    /// <summary>How the file is written; known after the first <see cref="TryRead"/>.</summary>
    public CaptureFormat Format { get; private set; }

    /// <summary>Why reading ended, where it ended at damage.</summary>
    public CaptureError Error { get; private set; }

    /// <summary>True if a file's first four octets are pcap's or pcapng's magic number.</summary>
    /// <param name="start">The first octets.</param>
    public static bool IsCapture(ReadOnlySpan<byte> start) => start.Length >= MagicLength
        && (BinaryPrimitives.ReadUInt32BigEndian(start) == PcapngFormat.SectionHeaderBlock || PcapReader.IsMagic(start, out _, out _));

    /// <summary>Reads the next packet.</summary>
    /// <param name="packet">The packet, or null.</param>
    /// <returns>False at the end of the file, and at damage: <see cref="Error"/> tells them apart.</returns>
    public bool TryRead([NotNullWhen(true)] out CapturedPacket? packet)
    {
        packet = null;
        if (_ended) return false;
        _reader ??= Open();
        if (_reader is not null)
        {
            if (_reader.TryRead(out packet, out var error) && packet is not null) return true;
            Error = error;
        }

        _ended = true;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_leaveOpen) _stream.Dispose();
    }

    private ICaptureFileReader? Open()
    {
        var stream = new CaptureStream(_stream);
        Span<byte> magic = stackalloc byte[MagicLength];
        if (stream.Read(magic) < MagicLength)
        {
            Error = new CaptureError(WireErrorKind.TooShort, 0, "the file is too short for a magic number");
            return null;
        }

        var type = BinaryPrimitives.ReadUInt32BigEndian(magic);
        if (type == PcapngFormat.SectionHeaderBlock)
        {
            Format = CaptureFormat.Pcapng;
            return new PcapngReader(stream);
        }

        if (PcapReader.IsMagic(magic, out var isBigEndian, out var isNanosecond))
        {
            Format = CaptureFormat.Pcap;
            stream.IsBigEndian = isBigEndian;
            return new PcapReader(stream, isNanosecond);
        }

        Error = new CaptureError(WireErrorKind.BadValue, 0, "the magic number is neither pcap's nor pcapng's");
        return null;
    }
}
