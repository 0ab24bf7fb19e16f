namespace Fathom.Wire;

/// <summary>Which length set the limit that a reader ran into.</summary>
public enum LengthSource : byte
{
    /// <summary>The bytes that were handed in: the end of the capture or of the enclosing payload.</summary>
    Buffer = 0,

    /// <summary>A header-length field (IPv4 IHL, TCP data offset).</summary>
    HeaderLength,

    /// <summary>A total- or payload-length field (IPv4 total length, IPv6 payload length, UDP length).</summary>
    TotalLength,

    /// <summary>The length octet of an option or extension.</summary>
    OptionLength,

    /// <summary>A length inside a message (DNS RDLENGTH, a label length).</summary>
    ElementLength,

    /// <summary>A limit of Fathom's own that the reader's documentation names.</summary>
    Limit,
}
