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

    // Where the name and what follows it stand; the view is made when somebody asks.
    private int _name;
    private int _fixed;

    internal DnsQuestionEnumerator(ReadOnlySpan<byte> message, int count)
    {
        _message = message;
        _next = DnsHeader.Length;
        _left = count;
    }

    /// <summary>The question at which the walk stands.</summary>
    public readonly DnsQuestionView Current => new(
        new DnsNameView(_message, _name), (DnsType)BinaryPrimitives.ReadUInt16BigEndian(_message[_fixed..]), (DnsClass)BinaryPrimitives.ReadUInt16BigEndian(_message[(_fixed + 2)..]));

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly DnsQuestionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next question.</summary>
    public bool MoveNext()
    {
        if (_left == 0) return false;
        _left--;
        _name = _next;
        _fixed = new DnsNameView(_message, _name).End;
        _next = _fixed + FixedLength;
        return true;
    }
}
