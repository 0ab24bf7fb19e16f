using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dns;

/// <summary>Walks the records of one section of a <see cref="DnsMessageView"/> without allocating.</summary>
public ref struct DnsRecordEnumerator
{
    // Type, class, time to live, RDLENGTH.
    internal const int FixedLength = 10;

    private readonly ReadOnlySpan<byte> _message;
    private int _next;
    private int _left;

    // Where the record and its data stand; the view is made when somebody asks.
    private int _name;
    private int _data;

    internal DnsRecordEnumerator(ReadOnlySpan<byte> message, int first, int count)
    {
        _message = message;
        _next = first;
        _left = count;
    }

    /// <summary>The record at which the walk stands.</summary>
    public readonly DnsRecordView Current => new(new DnsNameView(_message, _name), _message, _data, _next);

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly DnsRecordEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next record.</summary>
    public bool MoveNext()
    {
        if (_left == 0) return false;
        _left--;
        _name = _next;
        _data = new DnsNameView(_message, _name).End + FixedLength;
        _next = _data + BinaryPrimitives.ReadUInt16BigEndian(_message[(_data - 2)..]);
        return true;
    }
}
