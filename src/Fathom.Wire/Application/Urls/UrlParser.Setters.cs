namespace Fathom.Wire.Application.Urls;

/// <summary>
/// The setters of the standard's API (URL Standard §6.1): the parser with a state override. Each writes a whole URL again, with one part from the value and the
/// others from the URL. A value that the standard refuses gives null.
/// </summary>
internal ref partial struct UrlParser
{
    /// <summary>Another scheme; special and other schemes are not exchanged.</summary>
    public static Url? SetProtocol(Url url, ReadOnlySpan<char> value)
    {
        var text = UrlInput.WithoutTabs(value) + ":";
        var length = UrlInput.SchemeLength(text);
        if (length == 0) return null;
        var parser = new UrlParser(url, null, stackalloc char[UsualLength]);
        parser._output.AppendLower(text.AsSpan(0, length));
        var scheme = parser._output.Written;
        var isFile = scheme is "file";
        if (SpecialSchemes.Contains(scheme) != url.IsSpecial || (isFile && (url.HasCredentials || url.Layout.Port >= 0)) || (url.Scheme is "file" && url.HostKind == UrlHostKind.Empty))
        {
            parser.Dispose();
            return null;
        }

        var port = url.Layout.Port == SpecialSchemes.DefaultPort(scheme) ? -1 : url.Layout.Port;
        parser._layout.SchemeEnd = length;
        parser._output.Append(':');
        parser.WriteAuthority(url, url.Username, url.Password, url.Hostname, url.HostKind, port);
        return parser.WriteRest(url);
    }

    /// <summary>Other credentials.</summary>
    public static Url SetCredentials(Url url, string username, string password)
    {
        var parser = Begin(url);
        parser.WriteAuthority(url, username, password, url.Hostname, url.HostKind, url.Layout.Port);
        return parser.WriteRest(url);
    }

    /// <summary>Another host, and another port if the value has one and may.</summary>
    public static Url? SetHost(Url url, ReadOnlySpan<char> value, bool isHostname)
    {
        var text = UrlInput.WithoutTabs(value).AsSpan();
        text = text[..UrlInput.AuthorityLength(text, url.IsSpecial)];
        var isFile = url.Scheme is "file";
        var colon = isFile ? -1 : UrlInput.PortColon(text);
        if (colon == 0 || (colon > 0 && isHostname)) return null;
        var host = colon < 0 ? text : text[..colon];
        if (host.IsEmpty && !isFile && (url.IsSpecial || url.HasCredentials || url.Layout.Port >= 0)) return null;
        var (kind, serialized) = (UrlHostKind.Empty, "");
        if (!host.IsEmpty)
        {
            var reader = new UrlParser(null, null, stackalloc char[UsualLength]) { _input = host, _isSpecial = url.IsSpecial };
            var isHost = isFile ? reader.ParseFileHost(host.Length) : reader.ParseHost(host.Length);
            (kind, serialized) = (reader._layout.HostKind, reader._output.ToString());
            reader.Dispose();
            if (!isHost) return null;
        }

        var port = colon < 0 ? url.Layout.Port : ReadPort(url, text[(colon + 1)..]) ?? url.Layout.Port;
        var parser = Begin(url);
        parser.WriteAuthority(url, url.Username, url.Password, serialized, kind, port);
        return parser.WriteRest(url);
    }

    /// <summary>Another port, from the digits at the value's begin.</summary>
    public static Url? SetPort(Url url, ReadOnlySpan<char> value)
    {
        if ((value.IsEmpty ? -1 : ReadPort(url, UrlInput.WithoutTabs(value))) is not { } port) return null;
        var parser = Begin(url);
        parser.WriteAuthority(url, url.Username, url.Password, url.Hostname, url.HostKind, port);
        return parser.WriteRest(url);
    }

    /// <summary>Another path; '?' and '#' in the value become part of it.</summary>
    public static Url SetPathname(Url url, ReadOnlySpan<char> value)
    {
        var parser = Begin(url);
        parser._input = UrlInput.WithoutTabs(value);
        parser._isSpecial = url.IsSpecial;
        parser._isFile = url.Scheme is "file";
        parser._isSetter = true;
        parser.WriteAuthority(url, url.Username, url.Password, url.Hostname, url.HostKind, url.Layout.Port);
        parser.PathStart();
        return parser.WriteQueryAndFragment(url.Query, url.Fragment);
    }

    /// <summary>Another query, percent-encoded here, or none.</summary>
    public static Url SetQuery(Url url, string? query)
    {
        var parser = Begin(url);
        parser._output.Append(url.Href.AsSpan(url.Layout.SchemeEnd + 1, PathEnd(url) - url.Layout.SchemeEnd - 1));
        parser._layout = url.Layout;
        return parser.WriteQueryAndFragment(query is null ? null : PercentEncoding.Encode(UrlInput.WithoutTabs(query), url.IsSpecial ? PercentEncodeSet.SpecialQuery : PercentEncodeSet.Query), url.Fragment);
    }

    /// <summary>Another fragment, percent-encoded here, or none.</summary>
    public static Url SetFragment(Url url, string? fragment)
    {
        var parser = Begin(url);
        parser._output.Append(url.Href.AsSpan(url.Layout.SchemeEnd + 1, PathEnd(url) - url.Layout.SchemeEnd - 1));
        parser._layout = url.Layout;
        return parser.WriteQueryAndFragment(url.Query, fragment is null ? null : PercentEncoding.Encode(UrlInput.WithoutTabs(fragment), PercentEncodeSet.Fragment));
    }

    private static int PathEnd(Url url) => url.Layout.PathStart + url.Pathname.Length;

    private static int? ReadPort(Url url, ReadOnlySpan<char> text)
    {
        var digits = UrlInput.NonDigit(text) is >= 0 and var end ? text[..end] : text;
        if (digits.IsEmpty || UrlInput.PortNumber(digits) is not (<= ushort.MaxValue and var port)) return null;
        return port == SpecialSchemes.DefaultPort(url.Scheme) ? -1 : port;
    }

    private static UrlParser Begin(Url url)
    {
        var parser = new UrlParser(url, null, []);
        parser._output.Append(url.Protocol);
        parser._layout.SchemeEnd = url.Layout.SchemeEnd;
        return parser;
    }

    private void WriteAuthority(Url url, string username, string password, string host, UrlHostKind kind, int port)
    {
        _layout.HostKind = kind;
        _layout.Port = port;
        if (kind != UrlHostKind.None) _output.Append("//");
        _layout.UsernameEnd = _layout.HostStart = _output.Length;
        if (username.Length > 0 || password.Length > 0)
        {
            _output.Append(username);
            _layout.UsernameEnd = _output.Length;
            if (password.Length > 0) _output.Append(':');
            _output.Append(password);
            _output.Append('@');
            _layout.HostStart = _output.Length;
        }

        _output.Append(host);
        _layout.HostEnd = _output.Length;
        if (port >= 0)
        {
            _output.Append(':');
            _output.Append(port);
        }

        _layout.AuthorityEnd = _layout.PathStart = _output.Length;
        _layout.HasOpaquePath = url.HasOpaquePath;
    }

    private Url WriteRest(Url url)
    {
        _output.Append(url.Pathname);
        FinishPath();
        return WriteQueryAndFragment(url.Query, url.Fragment);
    }

    private Url WriteQueryAndFragment(string? query, string? fragment)
    {
        (_layout.QueryStart, _layout.FragmentStart) = (-1, -1);
        if (query is not null)
        {
            _layout.QueryStart = _output.Length;
            _output.Append('?');
            _output.Append(query);
        }

        if (fragment is not null)
        {
            _layout.FragmentStart = _output.Length;
            _output.Append('#');
            _output.Append(fragment);
        }

        var url = new Url(_output.ToString(), _layout);
        Dispose();
        return url;
    }
}
