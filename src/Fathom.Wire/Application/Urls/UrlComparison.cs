namespace Fathom.Wire.Application.Urls;

/// <summary>One text, read by the URL Standard and by RFC 3986, and where the two differ.</summary>
/// <param name="Url">What the URL Standard reads, or null.</param>
/// <param name="Failure">Why it reads none, or the default.</param>
/// <param name="Uri">What RFC 3986 reads, resolved where there is a base and normalized (§6.2.2), or null.</param>
/// <param name="SyntaxError">Why it reads none, or the default.</param>
/// <param name="Differences">The parts that differ, where both read it.</param>
public sealed record UrlComparison(Url? Url, UrlError Failure, UriReference? Uri, UriSyntaxError SyntaxError, IReadOnlyList<UrlDifference> Differences)
{
    /// <summary>Both read it, and mean the same by it.</summary>
    public bool Agree => Url is not null && Uri is not null && Differences.Count == 0;

    /// <summary>Reads a text both ways.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseText">The base, or null.</param>
    public static UrlComparison Of(string text, string? baseText = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Url? baseUrl = null, url = null;
        UrlError failure = default;
        if (baseText is null || Urls.Url.TryParse(baseText, null, out baseUrl, out failure)) Urls.Url.TryParse(text, baseUrl, out url, out failure);
        if (UriReference.TryParse(text, out var uri, out var error))
        {
            if (baseText is null)
            {
                if (!uri.IsUri) (uri, error) = (null, new UriSyntaxError(0, "a relative reference: it has no scheme, and there is no base"));
            }
            else if (!UriReference.TryParse(baseText, out var baseUri, out error))
            {
                (uri, error) = (null, new UriSyntaxError(0, "the base is no URI: " + error.Reason));
            }
            else if (!baseUri.IsUri)
            {
                (uri, error) = (null, new UriSyntaxError(0, "the base has no scheme"));
            }
            else
            {
                uri = uri.Resolve(baseUri);
            }
        }

        uri = uri?.Normalize();
        return new UrlComparison(url, failure, uri, error, url is null || uri is null ? [] : Compare(url, uri));
    }

    private static List<UrlDifference> Compare(Url url, UriReference uri)
    {
        var differences = new List<UrlDifference>();
        Add("scheme", url.Scheme.ToString(), uri.Scheme!, "");
        var userinfo = url.Username + (url.Password.Length > 0 ? ":" + url.Password : "");
        Add("userinfo", userinfo, uri.Userinfo ?? "", "the URL Standard percent-encodes more in it, and drops an empty one");
        Add("host", url.Hostname, uri.Host ?? "", HostReason(url, uri));
        Add("port", url.Port, uri.Port ?? "", PortReason(url, uri));
        Add("path", url.Pathname, uri.Path, PathReason(url, uri));
        Add("query", url.Query ?? "", uri.Query ?? "", Encoding);
        Add("fragment", url.Fragment ?? "", uri.Fragment ?? "", Encoding);
        return differences;

        void Add(string part, string ofUrl, string ofUri, string why)
        {
            if (ofUrl != ofUri) differences.Add(new UrlDifference(part, ofUrl, ofUri, why));
        }
    }

    private const string Encoding = "RFC 3986 decodes what needs no percent-encoding, and writes the rest in upper case; the URL Standard leaves it as it is";

    private static string HostReason(Url url, UriReference uri) => url.HostKind switch
    {
        UrlHostKind.V4 => "RFC 3986 knows four decimal numbers only, anything else is a name; the URL Standard reads every form that inet_aton reads",
        UrlHostKind.V6 => "the URL Standard writes an IPv6 address in its shortest form",
        UrlHostKind.Empty when url.Scheme is "file" => "the URL Standard takes localhost away, as the file is here",
        _ when !uri.HasAuthority => "RFC 3986 sees no authority without exactly \"//\"; the URL Standard takes what follows a special scheme for one",
        UrlHostKind.Domain => "the URL Standard decodes the host and writes it as a domain name",
        _ => "RFC 3986 compares a host in lower case; the URL Standard leaves one of a scheme that it does not know as it is",
    };

    private static string PortReason(Url url, UriReference uri)
        => url.Port.Length > 0 ? "the URL Standard reads the port as a number"
            : uri.Port == "" ? "the URL Standard drops an empty port" : $"{uri.Port} is the port of {url.Scheme} anyway, and the URL Standard leaves it out";

    private static string PathReason(Url url, UriReference uri)
        => uri.Path.Length == 0 ? "the URL Standard writes an empty path of a special scheme as /"
            : !uri.HasAuthority && url.Layout.HasAuthority ? "what RFC 3986 takes for a path, the URL Standard takes for host and path"
            : url.Scheme is "file" && UrlInput.NormalizedDriveLetter(url.Pathname).Length > 0 ? "the URL Standard never goes above a drive letter"
            : url.Pathname.Length == uri.Path.Length || url.Pathname.Contains('%', StringComparison.Ordinal) ? Encoding
            : "the URL Standard and RFC 3986 remove dot segments differently here";
}
