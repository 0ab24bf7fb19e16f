using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os.Linux.Netlink;

/// <summary>Walks attributes: struct rtattr { u16 length; u16 type; }, each aligned to 4 octets (rtnetlink(7)).</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    private const int HeaderLength = 4;
    private const ushort TypeMask = 0x3FFF; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER
    private ReadOnlySpan<byte> _rest = bytes;

    public ushort Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>The attribute's number, or 0 where it is too short for one.</summary>
    public readonly uint UInt32 => Data.Length >= 4 ? HostOrder.ReadUInt32(Data, 0) : 0;

    /// <summary>Goes to the next attribute; false at the end, or where a length does not fit.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < HeaderLength) return false;
        var length = HostOrder.ReadUInt16(_rest, 0);
        if (length < HeaderLength || length > _rest.Length) return false;
        Type = (ushort)(HostOrder.ReadUInt16(_rest, 2) & TypeMask);
        Data = _rest[HeaderLength..length];
        var aligned = (length + 3) & ~3;
        _rest = aligned >= _rest.Length ? default : _rest[aligned..];
        return true;
    }
}
