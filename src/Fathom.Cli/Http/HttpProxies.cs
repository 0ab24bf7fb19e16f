using System.Diagnostics.CodeAnalysis;
using Fathom.Probes.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Chooses a proxy as curl does: -x, else http_proxy, https_proxy and all_proxy of the environment, with the exceptions of no_proxy.</summary>
internal sealed class HttpProxies
{
    private HttpProxy? _given;
    private HttpProxy? _http;
    private HttpProxy? _https;
    private string[] _exceptions = [];

    /// <summary>Reads the environment and -x.</summary>
    /// <param name="given">-x, "" for none at all; or null.</param>
    /// <param name="variable">Gives a variable of the environment, or null.</param>
    /// <param name="proxies">The choice, or null.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public static bool TryRead(string? given, Func<string, string?> variable, [NotNullWhen(true)] out HttpProxies? proxies, out string reason)
    {
        proxies = new HttpProxies();
        reason = "";
        proxies._exceptions = (variable("no_proxy") ?? variable("NO_PROXY") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (given is not null) return given.Length == 0 || TryParse("-x", given, out proxies._given, out reason);

        // HTTP_PROXY in capitals is not read: in a CGI program it would come from a request's field "Proxy" (CVE-2016-5385).
        var all = variable("all_proxy") ?? variable("ALL_PROXY");
        return TryParse("http_proxy", variable("http_proxy") ?? all, out proxies._http, out reason)
            && TryParse("https_proxy", variable("https_proxy") ?? variable("HTTPS_PROXY") ?? all, out proxies._https, out reason);
    }

    /// <summary>The proxy for a target, or null.</summary>
    public HttpProxy? For(HttpTarget target)
    {
        if (Array.Exists(_exceptions, name => Matches(name, target.Host))) return null;
        return _given ?? (target.IsSecure ? _https : _http);
    }

    private static bool Matches(string exception, string host)
    {
        if (exception == "*") return true;
        var name = exception.TrimStart('.');
        return host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryParse(string where, string? text, out HttpProxy? proxy, out string reason)
    {
        proxy = null;
        reason = "";
        if (string.IsNullOrEmpty(text)) return true;
        if (!HttpTarget.TryParse(text.Contains("://", StringComparison.Ordinal) || HasPort(text) ? text : text + ":1080", out var target, out var why))
        {
            reason = $"{where}: {why}";
            return false;
        }

        if (target.IsSecure)
        {
            reason = $"{where}: TLS to the proxy itself is not spoken; expected http://HOST:PORT";
            return false;
        }

        proxy = new HttpProxy(target);
        return true;
    }

    // curl's default port for a proxy without one is 1080.
    private static bool HasPort(string text) => text.LastIndexOf(':') > text.LastIndexOf(']');
}
