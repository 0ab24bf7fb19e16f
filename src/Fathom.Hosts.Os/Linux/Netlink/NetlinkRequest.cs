using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os.Linux.Netlink;

/// <summary>Builds one request: struct nlmsghdr { u32 length; u16 type; u16 flags; u32 sequence; u32 port; }, a family header, attributes.</summary>
internal sealed class NetlinkRequest
{
    public const int HeaderLength = 16;
    public const ushort Request = 0x1; // NLM_F_REQUEST
    public const ushort Dump = 0x300; // NLM_F_ROOT | NLM_F_MATCH
    private readonly byte[] _bytes = new byte[128]; // the largest: header, 16 octets of family header, three attributes
    private int _length;

    /// <summary>Begins a request.</summary>
    /// <param name="type">RTM_*.</param>
    /// <param name="flags">NLM_F_* beside NLM_F_REQUEST.</param>
    /// <param name="familyHeader">The header of that kind of message.</param>
    public NetlinkRequest(ushort type, ushort flags, ReadOnlySpan<byte> familyHeader)
    {
        IsDump = (flags & Dump) == Dump;
        HostOrder.WriteUInt16(_bytes, 4, type);
        HostOrder.WriteUInt16(_bytes, 6, (ushort)(flags | Request));
        familyHeader.CopyTo(_bytes.AsSpan(HeaderLength));
        _length = HeaderLength + familyHeader.Length;
        HostOrder.WriteUInt32(_bytes, 0, (uint)_length);
    }

    public bool IsDump { get; }

    public void Add(ushort type, ReadOnlySpan<byte> data)
    {
        HostOrder.WriteUInt16(_bytes, _length, (ushort)(4 + data.Length));
        HostOrder.WriteUInt16(_bytes, _length + 2, type);
        data.CopyTo(_bytes.AsSpan(_length + 4));
        _length = (_length + 4 + data.Length + 3) & ~3;
        HostOrder.WriteUInt32(_bytes, 0, (uint)_length);
    }

    public void Add(ushort type, uint value)
    {
        Span<byte> data = stackalloc byte[4];
        HostOrder.WriteUInt32(data, 0, value);
        Add(type, data);
    }

    /// <summary>The request with a sequence number.</summary>
    public ReadOnlySpan<byte> WithSequence(uint sequence)
    {
        HostOrder.WriteUInt32(_bytes, 8, sequence);
        return _bytes.AsSpan(0, _length);
    }
}
