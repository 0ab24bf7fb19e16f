using System.Text;

namespace Fathom.Wire.Capture;

/// <summary>Walks a pcapng block's options (§3.5); stops quietly at damage, since options only describe.</summary>
internal ref struct PcapngOptions(CaptureStream order, ReadOnlySpan<byte> options)
{
    private ReadOnlySpan<byte> _rest = options;

    internal ushort Code { get; private set; }

    internal ReadOnlySpan<byte> Value { get; private set; }

    // §3.5: strings are not zero-terminated; writers that do it all the same are common.
    internal readonly string Text => Encoding.UTF8.GetString(Value).TrimEnd('\0');

    internal bool MoveNext()
    {
        if (_rest.Length < 4) return false;
        Code = order.ToUInt16(_rest);
        int length = order.ToUInt16(_rest[2..]);
        if (Code == PcapngFormat.EndOfOptions || length > _rest.Length - 4) return false;
        Value = _rest.Slice(4, length);
        _rest = _rest[Math.Min(_rest.Length, 4 + PcapngFormat.Pad(length))..];
        return true;
    }
}
