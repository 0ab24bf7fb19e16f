using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// Walks the objects of an ICMP extension structure (RFC 4884 §7) without allocating. It ends at the end of the
/// bytes, at another version than 2, or at damage, which <see cref="Error"/> then describes.
/// </summary>
public ref struct IcmpExtensionEnumerator
{
    private const string Name = "ICMP extensions";
    private const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _next;

    /// <summary>Starts before the first object.</summary>
    /// <param name="extensions">The extension structure, <see cref="IcmpMessage.Extensions"/>; may be empty.</param>
    public IcmpExtensionEnumerator(ReadOnlySpan<byte> extensions)
    {
        _bytes = extensions;
        if (extensions.IsEmpty) return;
        _next = HeaderLength;
        if (extensions.Length < HeaderLength)
            Stop(WireError.TooShort(Name, 0, HeaderLength, extensions.Length, "header"));
        else if (extensions[0] >> 4 != 2)
            Stop(WireError.BadVersion(Name, 0, "the version field is not 2"));
    }

    /// <summary>The object at which the walk stands.</summary>
    public IcmpExtensionObject Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the structure.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly IcmpExtensionEnumerator GetEnumerator() => this;

    /// <summary>Steps to the next object.</summary>
    public bool MoveNext()
    {
        if (_next >= _bytes.Length) return false;
        var rest = _bytes[_next..];
        if (rest.Length < HeaderLength) return Stop(WireError.TooShort(Name, _next, HeaderLength, rest.Length, "object"));
        int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (length < HeaderLength)
            return Stop(WireError.BadLength(Name, _next, HeaderLength, length, LengthSource.ElementLength, "object length"));
        if (length > rest.Length) return Stop(WireError.TooShort(Name, _next, length, rest.Length, "object"));

        Current = new IcmpExtensionObject(_next, rest[..length]);
        _next += length;
        return true;
    }

    private bool Stop(WireError error)
    {
        Error = error;
        _next = _bytes.Length;
        return false;
    }
}
