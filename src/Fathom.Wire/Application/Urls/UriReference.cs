using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Urls;

/// <summary>
/// A URI or a relative reference by RFC 3986, strictly: only what its grammar (appendix A) allows is one, and its parts are as they were written. It is the other reading of what
/// <see cref="Url"/> reads: that one says what a browser does with a text, this one what the text is allowed to be.
/// </summary>
/// <param name="Scheme">The scheme as written, or null: then it is a relative reference.</param>
/// <param name="Userinfo">What stands before '@', or null.</param>
/// <param name="Host">The host, an IP literal with its brackets; null where there is no authority.</param>
/// <param name="HostKind">What the host is.</param>
/// <param name="Port">The digits after ':', possibly none; null where there is no ':'.</param>
/// <param name="Path">The path; always there, possibly empty.</param>
/// <param name="Query">The query without '?', or null.</param>
/// <param name="Fragment">The fragment without '#', or null.</param>
public sealed partial record UriReference(
    string? Scheme, string? Userinfo, string? Host, UriHostKind HostKind, string? Port, string Path, string? Query, string? Fragment)
{
    /// <summary>It has a scheme, and so is a URI (§3).</summary>
    public bool IsUri => Scheme is not null;

    /// <summary>It has an authority (§3.2).</summary>
    public bool HasAuthority => Host is not null;

    /// <summary>Userinfo, host and port as they stand together, or null.</summary>
    public string? Authority => Host is null ? null : $"{(Userinfo is null ? "" : Userinfo + "@")}{Host}{(Port is null ? "" : ":" + Port)}";

    /// <summary>Parses a URI reference (§4.1).</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">The reference, or null.</param>
    /// <param name="error">Why it is none, or the default.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out UriReference? reference, out UriSyntaxError error)
    {
        ArgumentNullException.ThrowIfNull(text);
        reference = UriGrammar.Parse(text, out error);
        return reference is not null;
    }

    /// <summary>Puts the parts together again (§5.3).</summary>
    public override string ToString()
        => $"{(Scheme is null ? "" : Scheme + ":")}{(Authority is { } authority ? "//" + authority : "")}{Path}{(Query is null ? "" : "?" + Query)}{(Fragment is null ? "" : "#" + Fragment)}";
}
