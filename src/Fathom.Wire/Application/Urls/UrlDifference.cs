namespace Fathom.Wire.Application.Urls;

/// <summary>A part that the URL Standard and RFC 3986 read differently.</summary>
/// <param name="Part">The part, in RFC 3986's words.</param>
/// <param name="Url">What the URL Standard reads.</param>
/// <param name="Uri">What RFC 3986 reads, normalized.</param>
/// <param name="Why">Why, without a full stop.</param>
public sealed record UrlDifference(string Part, string Url, string Uri, string Why);
