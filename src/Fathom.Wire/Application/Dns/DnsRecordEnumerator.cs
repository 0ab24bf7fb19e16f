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

    internal DnsRecordEnumerator(ReadOnlySpan<byte> message, int first, int count)
    {
        _message = message;
        _next = first;
        _left = count;
    }

    /// <summary>The record at which the walk stands.</summary>
    public DnsRecordView Current { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly DnsRecordEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next record.</summary>
    public bool MoveNext()
    {
        if (_left == 0) return false;
        _left--;
        var name = new DnsNameView(_message, _next);
        var data = name.End + FixedLength;
        _next = data + BinaryPrimitives.ReadUInt16BigEndian(_message[(data - 2)..]);
        Current = new DnsRecordView(name, _message, data, _next);
        return true;
    }
}
