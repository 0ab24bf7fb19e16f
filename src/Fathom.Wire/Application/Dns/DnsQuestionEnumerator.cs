using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dns;

/// <summary>Walks the questions of a <see cref="DnsMessageView"/> without allocating.</summary>
public ref struct DnsQuestionEnumerator
{
    // Type and class.
    internal const int FixedLength = 4;

    private readonly ReadOnlySpan<byte> _message;
    private int _next;
    private int _left;

    internal DnsQuestionEnumerator(ReadOnlySpan<byte> message, int count)
    {
        _message = message;
        _next = DnsHeader.Length;
        _left = count;
    }

    /// <summary>The question at which the walk stands.</summary>
    public DnsQuestionView Current { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly DnsQuestionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next question.</summary>
    public bool MoveNext()
    {
        if (_left == 0) return false;
        _left--;
        var name = new DnsNameView(_message, _next);
        var at = name.End;
        Current = new DnsQuestionView(name, (DnsType)BinaryPrimitives.ReadUInt16BigEndian(_message[at..]), (DnsClass)BinaryPrimitives.ReadUInt16BigEndian(_message[(at + 2)..]));
        _next = at + FixedLength;
        return true;
    }
}
