namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>Walks the ancillary data of recvmsg(2): struct cmsghdr { size_t len; int level; int type; }, each aligned to 8 octets.</summary>
internal ref struct ControlMessages(ReadOnlySpan<byte> control)
{
    private const int HeaderLength = 16;
    private ReadOnlySpan<byte> _rest = control;

    public int Level { get; private set; }

    public int Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Goes to the next message; false at the end, or where a length does not fit.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < HeaderLength) return false;
        var length = HostOrder.ReadUInt64(_rest, 0);
        if (length < HeaderLength || length > (ulong)_rest.Length) return false;
        Level = HostOrder.ReadInt32(_rest, 8);
        Type = HostOrder.ReadInt32(_rest, 12);
        Data = _rest[HeaderLength..(int)length];
        var aligned = ((int)length + 7) & ~7;
        _rest = aligned >= _rest.Length ? default : _rest[aligned..];
        return true;
    }
}
