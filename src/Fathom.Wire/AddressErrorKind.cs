namespace Fathom.Wire;

/// <summary>Why text is not an address, a prefix or a range.</summary>
public enum AddressErrorKind
{
    /// <summary>Not an error.</summary>
    None = 0,

    /// <summary>There is no text.</summary>
    Empty,

    /// <summary>A character that cannot stand there.</summary>
    IllegalCharacter,

    /// <summary>The text ends too early.</summary>
    TooFewParts,

    /// <summary>There are more parts than an address has.</summary>
    TooManyParts,

    /// <summary>Nothing stands between two separators, or before the first or after the last.</summary>
    EmptyPart,

    /// <summary>A number is larger than its place allows.</summary>
    OutOfRange,

    /// <summary>An octet with a leading zero, which some readers take for octal (RFC 6943 §3.1.1).</summary>
    LeadingZero,

    /// <summary>A hexadecimal octet, which only inet_aton(3) and its heirs read.</summary>
    Hexadecimal,

    /// <summary>"::" twice (RFC 4291 §2.2): how many zeros each stands for cannot be told.</summary>
    SecondGap,

    /// <summary>"::" and eight groups: it would stand for none.</summary>
    GapWithoutRoom,

    /// <summary>A zone where there is none, or that cannot be one (RFC 4007 §11).</summary>
    Zone,

    /// <summary>The prefix length is missing, or is not a number within the address.</summary>
    PrefixLength,

    /// <summary>Bits behind the prefix length are not zero.</summary>
    HostBits,

    /// <summary>A netmask whose ones do not all come first.</summary>
    Netmask,

    /// <summary>IPv4 and IPv6 in one range, or a range that ends before it begins.</summary>
    Order,
}
