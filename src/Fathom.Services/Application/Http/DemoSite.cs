using System.Globalization;
using System.Text;
using Fathom.Hosts;
using Fathom.Wire.Application.Http;

namespace Fathom.Services.Application.Http;

/// <summary>A small site to be fetched: a page, <c>/bytes/N</c> for N octets that can be checked, <c>/hello</c> in one line.</summary>
/// <param name="host">The host that it runs on, for its name.</param>
public sealed class DemoSite(INetworkHost host) : IHttpHandler
{
    private const string Bytes = "/bytes/";
    private const long Most = 1L << 40; // a terabyte: a day at 100 Mbit/s

    /// <inheritdoc/>
    public ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ValueTask.FromResult(request.Head.Method is "GET" or "HEAD"
            ? Find(request)
            : HttpReply.Text(405, "GET and HEAD only") with { Fields = [new HttpField("Allow", "GET, HEAD")] });
    }

    private HttpReply Find(HttpServerRequest request)
    {
        switch (request.Path)
        {
            case "/":
                return new HttpReply(200) { Fields = [new HttpField("Content-Type", "text/html; charset=utf-8")], Body = Page(request) };
            case "/hello":
                return HttpReply.Text(200, $"hello {request.Client}");
            case var path when path.StartsWith(Bytes, StringComparison.Ordinal):
                return long.TryParse(path.AsSpan(Bytes.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Most
                    ? new HttpReply(200) { Fields = [new HttpField("Content-Type", "application/octet-stream")], Source = new NumberedBody(count) }
                    : HttpReply.Text(400, "expected /bytes/N, N a number of octets");
            default:
                return HttpReply.Text(404, "there are /, /hello and /bytes/N");
        }
    }

    // The name is the user's own and the client's address is printed from its value: nothing of the request itself is in the page.
    private byte[] Page(HttpServerRequest request) => Encoding.UTF8.GetBytes($"""
        <!doctype html>
        <title>{Escape(host.Name)}</title>
        <h1>{Escape(host.Name)}</h1>
        <p>This page came through Fathom's own TCP/IP, to {Escape(request.Client.ToString())}.</p>
        <ul>
        <li><a href="/hello">/hello</a>: one line
        <li><a href="/bytes/1048576">/bytes/N</a>: N octets; the one at offset n is n modulo 251
        </ul>

        """);

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
