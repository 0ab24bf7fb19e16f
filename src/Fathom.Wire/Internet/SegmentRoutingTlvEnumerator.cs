namespace Fathom.Wire.Internet;

/// <summary>
/// Walks the TLVs behind the segments of a segment routing header without allocating. It ends at the end of the bytes, or at damage,
/// which <see cref="Error"/> then describes.
/// </summary>
public ref struct SegmentRoutingTlvEnumerator
{
    private const string Name = "segment routing TLV";

    private readonly ReadOnlySpan<byte> _tlvs;
    private int _next;

    /// <summary>Starts before the first TLV.</summary>
    /// <param name="tlvs">The TLVs' bytes, <see cref="Ipv6Routing.Trailer"/>.</param>
    public SegmentRoutingTlvEnumerator(ReadOnlySpan<byte> tlvs) => _tlvs = tlvs;

    /// <summary>The TLV at which the walk stands.</summary>
    public SegmentRoutingTlv Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the TLVs.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>; a loop that also wants <see cref="Error"/> calls <see cref="MoveNext"/>.</summary>
    public readonly SegmentRoutingTlvEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next TLV.</summary>
    public bool MoveNext()
    {
        var rest = _tlvs[_next..];
        if (rest.IsEmpty) return false;
        var length = 1;
        if (rest[0] != SegmentRoutingTlv.Pad1)
        {
            length = rest.Length < 2 ? 2 : 2 + rest[1];
            if (length > rest.Length)
            {
                Error = WireError.TooShort(Name, _next, length, rest.Length, "TLV", LengthSource.HeaderLength);
                _next = _tlvs.Length;
                return false;
            }
        }

        Current = new SegmentRoutingTlv(_next, rest[..length]);
        _next += length;
        return true;
    }
}
