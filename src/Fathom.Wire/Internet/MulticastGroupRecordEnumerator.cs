using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// Walks the group records of an IGMPv3 or MLDv2 report without allocating. It ends behind the last record that the report counts, or
/// at damage, which <see cref="Error"/> then describes.
/// </summary>
public ref struct MulticastGroupRecordEnumerator
{
    private const string Name = "group record";

    private readonly ReadOnlySpan<byte> _records;
    private readonly int _addressLength;
    private int _left;
    private int _next;

    /// <summary>Starts before the first record.</summary>
    /// <param name="records">The records' bytes.</param>
    /// <param name="count">How many the report counts.</param>
    /// <param name="version">IGMP's, with IPv4 addresses, or MLD's, with IPv6 addresses.</param>
    public MulticastGroupRecordEnumerator(ReadOnlySpan<byte> records, int count, IpVersion version)
    {
        _records = records;
        _left = count;
        _addressLength = version == IpVersion.V6 ? 16 : 4;
    }

    /// <summary>The record at which the walk stands.</summary>
    public MulticastGroupRecord Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the records.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>; a loop that also wants <see cref="Error"/> calls <see cref="MoveNext"/>.</summary>
    public readonly MulticastGroupRecordEnumerator GetEnumerator() => this;

    /// <summary>Walks to the end, as a report does before it is called whole.</summary>
    /// <param name="fixedLength">Octets of the report before its records, which the error's offset then counts, too.</param>
    /// <param name="error">Why the walk ended early, or no error.</param>
    /// <returns>False where the records end early.</returns>
    internal bool TryReachEnd(int fixedLength, out WireError error)
    {
        while (MoveNext())
        {
        }

        error = Error;
        if (!error.IsError) return true;
        error = error with { Offset = error.Offset + fixedLength };
        return false;
    }

    /// <summary>Steps to the next record.</summary>
    public bool MoveNext()
    {
        if (_left <= 0) return false;
        var rest = _records[_next..];
        var length = 4 + _addressLength;
        if (rest.Length >= length) length += (BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) * _addressLength) + (4 * rest[1]);
        if (length > rest.Length)
        {
            Error = WireError.TooShort(Name, _next, length, rest.Length, "record");
            _left = 0;
            return false;
        }

        Current = new MulticastGroupRecord(_next, rest[..length], _addressLength);
        _next += length;
        _left--;
        return true;
    }
}
