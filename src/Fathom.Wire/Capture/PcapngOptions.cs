using System.Buffers.Binary;
using System.Text;

namespace Fathom.Wire.Capture;

/// <summary>Walks a pcapng block's options (§3.5), or a name resolution block's records (§4.5), which have the same form; stops quietly at damage, since they only describe.</summary>
internal ref struct PcapngOptions(bool isBigEndian, ReadOnlySpan<byte> options)
{
    private ReadOnlySpan<byte> _rest = options;

    internal ushort Code { get; private set; }

    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>What is behind the options walked so far.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    // §3.5: strings are not zero-terminated; writers that do it all the same are common.
    internal readonly string Text => Encoding.UTF8.GetString(Value).TrimEnd('\0');

    /// <summary>The value as a number; it must have at least four octets.</summary>
    internal readonly uint UInt32 => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(Value) : BinaryPrimitives.ReadUInt32LittleEndian(Value);

    /// <summary>The value as a number; it must have at least eight octets.</summary>
    internal readonly ulong UInt64 => isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(Value) : BinaryPrimitives.ReadUInt64LittleEndian(Value);

    internal bool MoveNext()
    {
        if (_rest.Length < 4) return false;
        Code = ToUInt16(_rest);
        int length = ToUInt16(_rest[2..]);
        if (length > _rest.Length - 4) return false;
        Value = _rest.Slice(4, length);
        _rest = _rest[Math.Min(_rest.Length, 4 + PcapngFormat.Pad(length))..];
        return Code != PcapngFormat.EndOfOptions;
    }

    private readonly ushort ToUInt16(ReadOnlySpan<byte> bytes)
        => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
