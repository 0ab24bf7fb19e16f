using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application.Cookies;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Sessions;

/// <summary>Somebody who visits a <see cref="SessionSite"/> with a browser's cookie jar.</summary>
/// <param name="host">The host to connect from.</param>
/// <param name="site">Where the site listens.</param>
public sealed class SessionVisitor(INetworkHost host, IpEndpoint site)
{
    /// <summary>The cookies that it was given.</summary>
    public CookieJar Jar { get; } = new();

    /// <summary>The value of the Cookie field of the last request; empty for none.</summary>
    public string SentCookies { get; private set; } = string.Empty;

    /// <summary>What the jar did with the last response's Set-Cookie fields.</summary>
    public IReadOnlyList<CookieDecision> Decisions { get; private set; } = [];

    /// <summary>What a script of the page would read in document.cookie.</summary>
    public string ScriptSees => Jar.Select(Request("/") with { IsScript = true }, host.Time.GetUtcNow()).Header;

    /// <summary>Sends a request with the jar's cookies, and keeps what the response sets.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The body's text; null when there was no answer.</returns>
    public Task<string?> AskAsync(string method, string path, CancellationToken cancellation)
        => AskAsync(method, path, Jar.Select(Request(path) with { Method = method, IsTopLevelNavigation = true }, host.Time.GetUtcNow()).Header, cancellation);

    /// <summary>Sends a request with these cookies instead of the jar's: what somebody does who got hold of them.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="cookies">The value of the Cookie field; empty for none.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public async Task<string?> AskAsync(string method, string path, string cookies, CancellationToken cancellation)
    {
        SentCookies = cookies;
        Decisions = [];
        if (await host.ConnectAsync(site, new ConnectOptions(TimeSpan.FromSeconds(5)), cancellation) is not ConnectResult.Connected { Connection: var connection }) return null;
        await using (connection)
        {
            var fields = new HttpFields([new HttpField("Host", site.ToString())]);
            if (cookies.Length > 0) fields = fields.With("Cookie", cookies);
            var outcome = await HttpExchange.RunAsync(host, new TcpByteStream(connection), new HttpRequestHead(method, path, fields), new HttpExchangeOptions(), cancellation);
            if (outcome is not HttpOutcome.Completed { Head: { } head } completed) return null;
            var now = host.Time.GetUtcNow();
            Decisions = [.. head.Fields.All("Set-Cookie").Select(field => Jar.Set(field, Request(path) with { IsTopLevelNavigation = true }, now))];
            return Encoding.ASCII.GetString(completed.Body.Span).TrimEnd('\n');
        }
    }

    private CookieRequest Request(string path) => new("http", site.Address.ToString(), path);
}
