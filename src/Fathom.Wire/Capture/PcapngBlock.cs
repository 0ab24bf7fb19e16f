using System.Buffers.Binary;
using System.Text;

namespace Fathom.Wire.Capture;

/// <summary>One pcapng block while it is put together, little-endian. It is used again for the next block.</summary>
internal sealed class PcapngBlock
{
    // Option values have 16-bit lengths; a longer text is cut, at a character's boundary.
    private const int MaxOptionLength = ushort.MaxValue;

    private byte[] _bytes = new byte[2048];
    private int _length;
    private bool _hasOptions;

    internal void Start(uint type)
    {
        _length = 0;
        _hasOptions = false;
        AddUInt32(type);
        AddUInt32(0); // the total length, which End fills in
    }

    internal void AddUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    internal void AddUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    /// <summary>Adds octets, padded with zeros to a multiple of four.</summary>
    internal void AddPadded(ReadOnlySpan<byte> bytes)
    {
        var span = Take(PcapngFormat.Pad(bytes.Length));
        bytes.CopyTo(span);
        span[bytes.Length..].Clear();
    }

    internal void AddOption(ushort code, ReadOnlySpan<byte> value)
    {
        _hasOptions = true;
        AddUInt16(code);
        AddUInt16((ushort)value.Length);
        AddPadded(value);
    }

    /// <summary>Adds a text option, unless there is no text.</summary>
    internal void AddText(ushort code, string? text)
    {
        if (text is null) return;
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = Math.Min(bytes.Length, MaxOptionLength);
        while (length < bytes.Length && (bytes[length] & 0xC0) == 0x80) length--;
        AddOption(code, bytes.AsSpan(0, length));
    }

    /// <summary>Adds the end of options, where there are any (§3.5), and the total length at both ends.</summary>
    /// <returns>The whole block, valid until the next <see cref="Start"/>.</returns>
    internal ReadOnlySpan<byte> End()
    {
        if (_hasOptions) AddUInt32(PcapngFormat.EndOfOptions);
        var length = (uint)_length + 4;
        AddUInt32(length);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(4), length);
        return _bytes.AsSpan(0, _length);
    }

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - _length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        var span = _bytes.AsSpan(_length, count);
        _length += count;
        return span;
    }
}
