namespace Fathom.Wire.Application.Urls;

/// <summary>Why a text is no URI reference by RFC 3986. The default value is no error.</summary>
/// <param name="Position">Where, in UTF-16 code units.</param>
/// <param name="Reason">What is wrong there, without a full stop; null for no error.</param>
public readonly record struct UriSyntaxError(int Position, string? Reason);
