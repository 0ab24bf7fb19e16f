using System.Buffers.Binary;

namespace Fathom.Wire.Capture;

/// <summary>
/// Writes one pcapng section (draft-ietf-opsawg-pcapng), little-endian, with times in nanoseconds. Each block goes to the stream in one
/// write, so that a file whose writer is killed ends at a block's end. Not safe for several threads at once.
/// </summary>
/// <remarks>
/// <see cref="Flush"/> flushes the stream; nothing is kept back in the writer itself. <see cref="Dispose"/> flushes, and closes the
/// stream unless the constructor was told to leave it open. A pcapng file has no end mark: it is complete after every block.
/// </remarks>
public sealed class PcapngWriter : IDisposable
{
    private const long NanosecondsPerTick = 100;
    private const int MaxLinkType = ushort.MaxValue;

    // if_tsresol: a negative power of ten (§4.2), 9 for nanoseconds.
    private const byte NanosecondResolution = 9;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly PcapngBlock _block = new();
    private readonly List<int> _snapLengths = [];
    private bool _disposed;

    /// <summary>Writes the section's header.</summary>
    /// <param name="stream">Where to; only its Write and Flush are used.</param>
    /// <param name="section">What the header says, or null.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the writer is disposed.</param>
    public PcapngWriter(Stream stream, PcapngSection? section = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _leaveOpen = leaveOpen;
        _block.Start(PcapngFormat.SectionHeaderBlock);
        _block.AddUInt32(PcapngFormat.ByteOrderMagic);
        _block.AddUInt16(1); // §4.1: major version
        _block.AddUInt16(0); // §4.1: minor version
        _block.AddUInt32(uint.MaxValue); // §4.1: section length -1, not known while streaming
        _block.AddUInt32(uint.MaxValue);
        _block.AddText(PcapngFormat.SectionHardware, section?.Hardware);
        _block.AddText(PcapngFormat.SectionOs, section?.OperatingSystem);
        _block.AddText(PcapngFormat.SectionApplication, section?.Application);
        _block.AddText(PcapngFormat.Comment, section?.Comment);
        _stream.Write(_block.End());
    }

    /// <summary>Nanoseconds since the Unix epoch, as <see cref="WritePacket"/> wants them; exact to 100.</summary>
    /// <param name="time">The time.</param>
    public static long ToUnixNanoseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosecondsPerTick;

    /// <summary>Describes an interface, before its first packet.</summary>
    /// <param name="name">The interface's name, or null.</param>
    /// <param name="linkType">What its frames begin with: a LINKTYPE_ number, 0 to 65535.</param>
    /// <param name="snapLength">Octets kept of each frame; 0 for no limit.</param>
    /// <param name="description">A text about the interface, or null.</param>
    /// <returns>The interface's number in this section, from 0 on.</returns>
    public int AddInterface(string? name, int linkType, int snapLength = 0, string? description = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(linkType);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(linkType, MaxLinkType);
        ArgumentOutOfRangeException.ThrowIfNegative(snapLength);
        _block.Start(PcapngFormat.InterfaceDescriptionBlock);
        _block.AddUInt16((ushort)linkType);
        _block.AddUInt16(0); // reserved
        _block.AddUInt32((uint)snapLength);
        _block.AddText(PcapngFormat.InterfaceName, name);
        _block.AddText(PcapngFormat.InterfaceDescription, description);
        _block.AddOption(PcapngFormat.InterfaceTimestampResolution, [NanosecondResolution]);
        _stream.Write(_block.End());
        _snapLengths.Add(snapLength);
        return _snapLengths.Count - 1;
    }

    /// <summary>Writes a packet; octets behind the interface's snap length are left out.</summary>
    /// <param name="interfaceId">What <see cref="AddInterface"/> answered.</param>
    /// <param name="unixNanoseconds">When, in nanoseconds since the Unix epoch; not negative.</param>
    /// <param name="bytes">The octets kept.</param>
    /// <param name="originalLength">Octets on the link, at least as many.</param>
    /// <param name="direction">Which way the packet went.</param>
    /// <param name="comment">A remark about the packet, or null.</param>
    public void WritePacket(
        int interfaceId,
        long unixNanoseconds,
        ReadOnlySpan<byte> bytes,
        int originalLength,
        PacketDirection direction = PacketDirection.Unknown,
        string? comment = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(interfaceId);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(interfaceId, _snapLengths.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(unixNanoseconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(originalLength, bytes.Length);
        if (_snapLengths[interfaceId] is > 0 and var limit && bytes.Length > limit) bytes = bytes[..limit];

        _block.Start(PcapngFormat.EnhancedPacketBlock);
        _block.AddUInt32((uint)interfaceId);
        _block.AddUInt32((uint)(unixNanoseconds >> 32));
        _block.AddUInt32((uint)unixNanoseconds);
        _block.AddUInt32((uint)bytes.Length);
        _block.AddUInt32((uint)originalLength);
        _block.AddPadded(bytes);
        if (direction != PacketDirection.Unknown)
        {
            Span<byte> flags = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(flags, (uint)direction); // §4.3.1: the flags word's lowest two bits
            _block.AddOption(PcapngFormat.PacketFlags, flags);
        }

        _block.AddText(PcapngFormat.Comment, comment);
        _stream.Write(_block.End());
    }

    /// <summary>Flushes the stream.</summary>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _stream.Flush();
        if (!_leaveOpen) _stream.Dispose();
    }
}
