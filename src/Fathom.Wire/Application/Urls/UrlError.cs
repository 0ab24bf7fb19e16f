namespace Fathom.Wire.Application.Urls;

/// <summary>One validation error, and where it is. The default value is no error.</summary>
/// <param name="Kind">The standard's kind.</param>
/// <param name="Position">Where it begins, in UTF-16 code units of the text that was given; its length is the end.</param>
/// <param name="Length">How many code units it covers; 0 where something is missing.</param>
/// <param name="IsFailure">The text is no URL because of it; otherwise the parser read over it.</param>
/// <param name="Detail">More about it, without its full stop, or null.</param>
public readonly record struct UrlError(UrlErrorKind Kind, int Position, int Length, bool IsFailure, string? Detail = null)
{
    /// <summary>The standard's name for it, "IPv4-too-many-parts"; empty for none.</summary>
    public string Name => Kind switch
    {
        UrlErrorKind.None => "",
        UrlErrorKind.DomainToAscii => "domain-to-ASCII",
        UrlErrorKind.DomainPercentEncoded => "domain-percent-encoded",
        UrlErrorKind.HostInvalidCodePoint => "host-invalid-code-point",
        UrlErrorKind.V4EmptyPart => "IPv4-empty-part",
        UrlErrorKind.V4TooFewParts => "IPv4-too-few-parts",
        UrlErrorKind.V4TooManyParts => "IPv4-too-many-parts",
        UrlErrorKind.V4NonNumericPart => "IPv4-non-numeric-part",
        UrlErrorKind.V4NonDecimalPart => "IPv4-non-decimal-part",
        UrlErrorKind.V4OutOfRangePart => "IPv4-out-of-range-part",
        UrlErrorKind.V4NonAsciiInput => "IPv4-non-ASCII-input",
        UrlErrorKind.V6Unclosed => "IPv6-unclosed",
        UrlErrorKind.V6InvalidCompression => "IPv6-invalid-compression",
        UrlErrorKind.V6TooManyPieces => "IPv6-too-many-pieces",
        UrlErrorKind.V6MultipleCompression => "IPv6-multiple-compression",
        UrlErrorKind.V6InvalidCodePoint => "IPv6-invalid-code-point",
        UrlErrorKind.V6TooFewPieces => "IPv6-too-few-pieces",
        UrlErrorKind.V6PieceLeadingZero => "IPv6-piece-leading-zero",
        UrlErrorKind.V4InV6TooManyPieces => "IPv4-in-IPv6-too-many-pieces",
        UrlErrorKind.V4InV6InvalidCodePoint => "IPv4-in-IPv6-invalid-code-point",
        UrlErrorKind.V4InV6OutOfRangePart => "IPv4-in-IPv6-out-of-range-part",
        UrlErrorKind.V4InV6TooFewParts => "IPv4-in-IPv6-too-few-parts",
        UrlErrorKind.InvalidUrlUnit => "invalid-URL-unit",
        UrlErrorKind.SpecialSchemeMissingFollowingSolidus => "special-scheme-missing-following-solidus",
        UrlErrorKind.MissingSchemeNonRelativeUrl => "missing-scheme-non-relative-URL",
        UrlErrorKind.InvalidReverseSolidus => "invalid-reverse-solidus",
        UrlErrorKind.InvalidCredentials => "invalid-credentials",
        UrlErrorKind.HostMissing => "host-missing",
        UrlErrorKind.PortOutOfRange => "port-out-of-range",
        UrlErrorKind.PortInvalid => "port-invalid",
        UrlErrorKind.FileInvalidWindowsDriveLetter => "file-invalid-Windows-drive-letter",
        _ => "file-invalid-Windows-drive-letter-host",
    };

    /// <summary>What is wrong, in plain words without a full stop.</summary>
    public string Meaning => Kind switch
    {
        UrlErrorKind.None => "no error",
        UrlErrorKind.DomainToAscii => "the host is not a valid domain name",
        UrlErrorKind.DomainPercentEncoded => "a domain name needs no percent-encoding",
        UrlErrorKind.HostInvalidCodePoint => "the host has a character that no host may have",
        UrlErrorKind.V4EmptyPart => "the IPv4 address ends with a dot",
        UrlErrorKind.V4TooFewParts => "the IPv4 address has fewer than four parts",
        UrlErrorKind.V4TooManyParts => "the IPv4 address has more than four parts",
        UrlErrorKind.V4NonNumericPart => "a host that ends in a number must be an IPv4 address, and this is none",
        UrlErrorKind.V4NonDecimalPart => "a part of the IPv4 address is octal or hexadecimal",
        UrlErrorKind.V4OutOfRangePart => "a part of the IPv4 address is above 255",
        UrlErrorKind.V4NonAsciiInput => "the IPv4 address is not written in ASCII digits",
        UrlErrorKind.V6Unclosed => "the IPv6 address has no closing ']'",
        UrlErrorKind.V6InvalidCompression => "an IPv6 address cannot begin with a single ':'",
        UrlErrorKind.V6TooManyPieces => "the IPv6 address has more than eight pieces",
        UrlErrorKind.V6MultipleCompression => "the IPv6 address has \"::\" more than once",
        UrlErrorKind.V6InvalidCodePoint => "expected a hexadecimal digit or ':' in the IPv6 address",
        UrlErrorKind.V6TooFewPieces => "the IPv6 address has fewer than eight pieces and no \"::\"",
        UrlErrorKind.V6PieceLeadingZero => "a piece of the IPv6 address begins with 0",
        UrlErrorKind.V4InV6TooManyPieces => "no room for the IPv4 address at the IPv6 address's end",
        UrlErrorKind.V4InV6InvalidCodePoint => "the IPv4 part of the IPv6 address is not four decimal numbers",
        UrlErrorKind.V4InV6OutOfRangePart => "a number in the IPv4 part of the IPv6 address is above 255",
        UrlErrorKind.V4InV6TooFewParts => "the IPv4 part of the IPv6 address has fewer than four numbers",
        UrlErrorKind.InvalidUrlUnit => "a character that belongs percent-encoded, or '%' without two hexadecimal digits",
        UrlErrorKind.SpecialSchemeMissingFollowingSolidus => "the scheme is followed by exactly \"//\"",
        UrlErrorKind.MissingSchemeNonRelativeUrl => "no scheme, and no base URL to resolve against",
        UrlErrorKind.InvalidReverseSolidus => "'\\' where '/' belongs",
        UrlErrorKind.InvalidCredentials => "a user name or password in a URL is seen by everybody who sees the URL",
        UrlErrorKind.HostMissing => "the host is missing",
        UrlErrorKind.PortOutOfRange => "the port is above 65535",
        UrlErrorKind.PortInvalid => "the port is not a decimal number",
        UrlErrorKind.FileInvalidWindowsDriveLetter => "a drive letter in a relative reference",
        _ => "a drive letter where the host belongs",
    };

    /// <summary>The meaning, and the detail if there is one. An invalid unit's detail says it all.</summary>
    public override string ToString() => Detail is not { } detail ? Meaning : Kind == UrlErrorKind.InvalidUrlUnit ? detail : $"{Meaning}: {detail}";
}
