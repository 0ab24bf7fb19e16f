using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// Walks the objects of an ICMP extension structure (RFC 4884 §7) without allocating. It ends at the end of the
/// bytes, at another version than 2, or at damage, which <see cref="Error"/> then describes.
/// </summary>
public ref struct IcmpExtensionEnumerator
{
    private const string Name = "ICMP extensions";

    /// <summary>Octets of the structure's header: version and checksum.</summary>
    internal const int HeaderLength = 4;

    // RFC 4884 §5.5: before the quote's length was told, extensions stood behind exactly 128 octets of it.
    private const int OldQuoteLength = 128;

    private static readonly FieldSpec[] HeaderRows =
        [new("extensionVersion", 0, 4, "RFC 4884 §7"), new("extensionReserved", 4, 12, "RFC 4884 §7"), new("extensionChecksum", 16, 16, "RFC 4884 §7")];

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

    /// <summary>The fields of the structure's header.</summary>
    public static ReadOnlySpan<FieldSpec> HeaderLayout => HeaderRows;

    /// <summary>The object at which the walk stands.</summary>
    public IcmpExtensionObject Current { get; private set; }

    /// <summary>Why the walk ended early, or no error. Its offset counts from the start of the structure.</summary>
    public WireError Error { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>; a loop that also wants <see cref="Error"/> calls <see cref="MoveNext"/>.</summary>
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

    /// <summary>
    /// Octets of the quote in an error whose sender does not tell them and appends extensions all the same (RFC 4884 §5.5): 128 if what stands
    /// there has the structure's version and a checksum that holds; else 0.
    /// </summary>
    internal static int UncountedQuote(ReadOnlySpan<byte> body)
    {
        if (body.Length < OldQuoteLength + (2 * HeaderLength)) return 0;
        var structure = body[OldQuoteLength..];
        var hasChecksum = BinaryPrimitives.ReadUInt16BigEndian(structure[2..]) != 0;
        return structure[0] >> 4 == 2 && hasChecksum && InternetChecksum.Verify(structure) ? OldQuoteLength : 0;
    }

    private bool Stop(WireError error)
    {
        Error = error;
        _next = _bytes.Length;
        return false;
    }
}
