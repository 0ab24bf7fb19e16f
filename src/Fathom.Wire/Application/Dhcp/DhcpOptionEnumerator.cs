namespace Fathom.Wire.Application.Dhcp;

/// <summary>
/// Walks a message's options without allocating: behind the cookie, then in the file field, then in the server name field, as option 52 says
/// (RFC 2132 §9.3, order of RFC 3396 §5). Pads are passed over, and each area's end is yielded. Damage ends the walk, and <see cref="Error"/> describes it.
/// </summary>
public ref struct DhcpOptionEnumerator
{
    private const byte OverloadFile = 1;
    private const byte OverloadServerName = 2;

    private readonly ReadOnlySpan<byte> _message;
    private int _next;
    private int _end;
    private byte _overload;
    private bool _mayOverload;

    internal DhcpOptionEnumerator(ReadOnlySpan<byte> message)
    {
        _message = message;
        _next = DhcpMessage.OptionsOffset;
        _end = message.Length;
        _mayOverload = true;
        if (message.Length >= DhcpMessage.OptionsOffset && System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(message[DhcpMessage.FixedLength..]) == DhcpMessage.MagicCookie) return;
        _next = _end = message.Length;
    }

    /// <summary>The option at which the walk stands.</summary>
    public DhcpOption Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the message's first octet.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>; a loop that also wants <see cref="Error"/> calls <see cref="MoveNext"/>.</summary>
    public readonly DhcpOptionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next option.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            while (_next < _end && _message[_next] == (byte)DhcpOptionCode.Pad) _next++;
            if (_next < _end) return Step();
            if (!TryNextArea()) return false;
        }
    }

    private bool Step()
    {
        var at = _next;
        var length = 1;
        if (_message[at] != (byte)DhcpOptionCode.End)
        {
            if (_end - at < 2) return Stop(WireError.TooShort(DhcpMessage.Protocol, at, 2, _end - at, "option"));
            length = 2 + _message[at + 1];
            if (_end - at < length) return Stop(WireError.TooShort(DhcpMessage.Protocol, at, length, _end - at, "option"));
        }

        Current = new DhcpOption(at, _message.Slice(at, length));

        // What follows the end of an area is padding, whatever it is (RFC 2132 §3.2).
        _next = Current.Code == DhcpOptionCode.End ? _end : at + length;
        if (_mayOverload && Current.Code == DhcpOptionCode.Overload && Current.Data.Length == 1) _overload = Current.Data[0];
        return true;
    }

    private bool TryNextArea()
    {
        _mayOverload = false;
        if ((_overload & OverloadFile) != 0)
        {
            _overload &= unchecked((byte)~OverloadFile);
            (_next, _end) = (DhcpMessage.BootFileOffset, DhcpMessage.BootFileOffset + DhcpMessage.BootFileLength);
            return true;
        }

        if ((_overload & OverloadServerName) == 0) return false;
        _overload = 0;
        (_next, _end) = (DhcpMessage.ServerNameOffset, DhcpMessage.ServerNameOffset + DhcpMessage.ServerNameLength);
        return true;
    }

    private bool Stop(WireError error)
    {
        Error = error;
        _next = _end;
        _overload = 0;
        return false;
    }
}
