namespace Fathom.Wire.Application.Urls;

/// <summary>
/// The setters (URL Standard §6.1). Each returns another URL. A value that the standard refuses changes nothing: the same URL comes back, as the API of a browser
/// ignores it silently.
/// </summary>
public sealed partial class Url
{
    // "Cannot have a username/password/port".
    private bool CannotHavePort => HostKind is UrlHostKind.None or UrlHostKind.Empty || Scheme is "file";

    /// <summary>This URL with another part; see the method of the part's name.</summary>
    /// <param name="part">The part.</param>
    /// <param name="value">Its value, as a user would write it.</param>
    public Url With(UrlPart part, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return part switch
        {
            UrlPart.Href => TryParse(value, null, out var url, out _) ? url : this,
            UrlPart.Protocol => WithProtocol(value),
            UrlPart.Username => WithUsername(value),
            UrlPart.Password => WithPassword(value),
            UrlPart.Host => WithHost(value),
            UrlPart.Hostname => WithHostname(value),
            UrlPart.Port => WithPort(value),
            UrlPart.Pathname => WithPathname(value),
            UrlPart.Search => WithSearch(value),
            UrlPart.Hash => WithHash(value),
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        };
    }

    /// <summary>Another scheme. A special scheme is not exchanged for another kind, nor the other way round.</summary>
    /// <param name="value">The scheme, with or without ':'.</param>
    public Url WithProtocol(string value) => UrlParser.SetProtocol(this, value) ?? this;

    /// <summary>Another user name. Refused where there is no host, and for a file.</summary>
    /// <param name="value">The name; it is percent-encoded here. Empty takes it away.</param>
    public Url WithUsername(string value) => CannotHavePort ? this : UrlParser.SetCredentials(this, PercentEncoding.Encode(value, PercentEncodeSet.Userinfo), Password);

    /// <summary>Another password. Refused where there is no host, and for a file.</summary>
    /// <param name="value">The password; it is percent-encoded here. Empty takes it away.</param>
    public Url WithPassword(string value) => CannotHavePort ? this : UrlParser.SetCredentials(this, Username, PercentEncoding.Encode(value, PercentEncodeSet.Userinfo));

    /// <summary>Another host, and another port where the value has one: without, the port stays.</summary>
    /// <param name="value">The host, "shop.example:8080".</param>
    public Url WithHost(string value) => HasOpaquePath ? this : UrlParser.SetHost(this, value, false) ?? this;

    /// <summary>Another host. A value with a port is refused.</summary>
    /// <param name="value">The host.</param>
    public Url WithHostname(string value) => HasOpaquePath ? this : UrlParser.SetHost(this, value, true) ?? this;

    /// <summary>Another port. Refused where there is no host, and for a file.</summary>
    /// <param name="value">Decimal digits; what follows them is ignored. Empty takes the port away.</param>
    public Url WithPort(string value) => CannotHavePort ? this : UrlParser.SetPort(this, value) ?? this;

    /// <summary>Another path. An opaque path is not changed.</summary>
    /// <param name="value">The path; '?' and '#' become part of it.</param>
    public Url WithPathname(string value) => HasOpaquePath ? this : UrlParser.SetPathname(this, value);

    /// <summary>Another query.</summary>
    /// <param name="value">The query, with or without '?'. Empty takes it away.</param>
    public Url WithSearch(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return UrlParser.SetQuery(this, value.Length == 0 ? null : value.StartsWith('?') ? value[1..] : value);
    }

    /// <summary>Another query, from a list. An empty list takes it away.</summary>
    /// <param name="query">The list.</param>
    public Url WithQuery(UrlQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return UrlParser.SetQuery(this, query.ToString() is { Length: > 0 } text ? text : null);
    }

    /// <summary>Another fragment.</summary>
    /// <param name="value">The fragment, with or without '#'. Empty takes it away.</param>
    public Url WithHash(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return UrlParser.SetFragment(this, value.Length == 0 ? null : value.StartsWith('#') ? value[1..] : value);
    }
}
