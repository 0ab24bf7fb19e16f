namespace Fathom.Wire.Application.Urls;

/// <summary>The validation errors of the URL Standard §1.1. Some make the parser fail, others it reads over.</summary>
public enum UrlErrorKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>domain-to-ASCII: strict ToASCII of UTS #46 refuses the domain.</summary>
    DomainToAscii,

    /// <summary>domain-percent-encoded: the domain has a percent-encoded byte.</summary>
    DomainPercentEncoded,

    /// <summary>host-invalid-code-point: an opaque host has a character that no host may have.</summary>
    HostInvalidCodePoint,

    /// <summary>IPv4-empty-part: an IPv4 address ends with a dot.</summary>
    V4EmptyPart,

    /// <summary>IPv4-too-few-parts: an IPv4 address has fewer than four parts.</summary>
    V4TooFewParts,

    /// <summary>IPv4-too-many-parts: an IPv4 address has more than four parts.</summary>
    V4TooManyParts,

    /// <summary>IPv4-non-numeric-part: the name ends in a number, and another part is none.</summary>
    V4NonNumericPart,

    /// <summary>IPv4-non-decimal-part: a part is octal or hexadecimal.</summary>
    V4NonDecimalPart,

    /// <summary>IPv4-out-of-range-part: a part is above 255.</summary>
    V4OutOfRangePart,

    /// <summary>IPv4-non-ASCII-input: the address was written in other than ASCII digits.</summary>
    V4NonAsciiInput,

    /// <summary>IPv6-unclosed: ']' is missing.</summary>
    V6Unclosed,

    /// <summary>IPv6-invalid-compression: a single ':' at the begin.</summary>
    V6InvalidCompression,

    /// <summary>IPv6-too-many-pieces: more than eight.</summary>
    V6TooManyPieces,

    /// <summary>IPv6-multiple-compression: "::" twice.</summary>
    V6MultipleCompression,

    /// <summary>IPv6-invalid-code-point: neither a hexadecimal digit nor ':', or an unexpected end.</summary>
    V6InvalidCodePoint,

    /// <summary>IPv6-too-few-pieces: fewer than eight without "::".</summary>
    V6TooFewPieces,

    /// <summary>IPv6-piece-leading-zero: a piece begins with 0.</summary>
    V6PieceLeadingZero,

    /// <summary>IPv4-in-IPv6-too-many-pieces: no room for the IPv4 address.</summary>
    V4InV6TooManyPieces,

    /// <summary>IPv4-in-IPv6-invalid-code-point: an IPv4 part is empty, begins with 0, has another character, or is one too many.</summary>
    V4InV6InvalidCodePoint,

    /// <summary>IPv4-in-IPv6-out-of-range-part: an IPv4 part is above 255.</summary>
    V4InV6OutOfRangePart,

    /// <summary>IPv4-in-IPv6-too-few-parts: fewer than four IPv4 parts.</summary>
    V4InV6TooFewParts,

    /// <summary>invalid-URL-unit: a character that must be percent-encoded, or '%' without two hexadecimal digits.</summary>
    InvalidUrlUnit,

    /// <summary>special-scheme-missing-following-solidus: not exactly "//" after the scheme.</summary>
    SpecialSchemeMissingFollowingSolidus,

    /// <summary>missing-scheme-non-relative-URL: no scheme, and no base to resolve against.</summary>
    MissingSchemeNonRelativeUrl,

    /// <summary>invalid-reverse-solidus: '\' where '/' belongs.</summary>
    InvalidReverseSolidus,

    /// <summary>invalid-credentials: a user name or password.</summary>
    InvalidCredentials,

    /// <summary>host-missing: no host where one must be.</summary>
    HostMissing,

    /// <summary>port-out-of-range: above 65535.</summary>
    PortOutOfRange,

    /// <summary>port-invalid: not digits.</summary>
    PortInvalid,

    /// <summary>file-invalid-Windows-drive-letter: a relative reference with a drive letter.</summary>
    FileInvalidWindowsDriveLetter,

    /// <summary>file-invalid-Windows-drive-letter-host: a drive letter where the host belongs.</summary>
    FileInvalidWindowsDriveLetterHost,
}
