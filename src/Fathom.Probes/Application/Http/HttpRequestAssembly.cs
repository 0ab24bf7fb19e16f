using System.Globalization;
using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>Makes the head of a request: the user's fields, and those that the client sends of itself where the user gave none.</summary>
public static class HttpRequestAssembly
{
    /// <summary>The head.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">The client.</param>
    /// <param name="now">The time, for cookies.</param>
    /// <param name="proxy">The proxy that it goes through, or null.</param>
    public static HttpRequestHead Head(HttpAgentRequest request, HttpAgentOptions options, DateTimeOffset now, HttpProxy? proxy)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        var target = request.Target;
        var fields = new List<HttpField>();
        void Default(string name, string? value)
        {
            if (value is { Length: > 0 } && !request.Fields.Contains(name) && !request.Removed.Contains(name, StringComparer.OrdinalIgnoreCase)) fields.Add(new HttpField(name, value));
        }

        // RFC 9110 §7.2: Host goes first. A user may set another; the connection still goes to the URL's host.
        if (request.Fields.Contains("Host")) fields.AddRange(request.Fields.Where(static f => f.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)));
        else Default("Host", target.Authority);
        Default("User-Agent", options.UserAgent);
        Default("Accept", "*/*");
        if (options.Compressed) Default("Accept-Encoding", HttpContentDecoder.Accepted);
        if (request.Credentials is { } credentials) Default("Authorization", HttpConnector.BasicCredentials(credentials));
        if (proxy is not null && !target.IsSecure && proxy.Target.UserInfo is { } user) Default("Proxy-Authorization", HttpConnector.BasicCredentials(user));
        Default("Cookie", options.Cookies?.For(target, now));
        fields.AddRange(request.Fields.Where(static f => !f.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)));
        if (!options.KeepAlive) Default("Connection", "close");
        var hasBody = !request.Body.IsEmpty || request.Method is "POST" or "PUT" or "PATCH";
        if (hasBody && !request.Fields.Contains("Transfer-Encoding")) Default("Content-Length", request.Body.Length.ToString(CultureInfo.InvariantCulture));

        // RFC 9112 §3.2.2: to a proxy the whole URL, unless a tunnel leads to the server itself.
        var form = proxy is not null && !target.IsSecure ? target.ToString() : target.PathAndQuery;
        return new HttpRequestHead(request.Method, form, new HttpFields(fields)) { MinorVersion = options.MinorVersion };
    }
}
