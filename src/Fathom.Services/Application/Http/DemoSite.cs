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
    // It is as long as a small page is: one that fits a single packet would hide what large packets suffer on their way.
    private byte[] Page(HttpServerRequest request) => Encoding.UTF8.GetBytes($$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Escape(host.Name)}}</title>
        <style>
        :root { color-scheme: light dark; --line: #8884; --accent: #0a7ea4; }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
        h1 { font-size: 1.8rem; line-height: 1.2; border-bottom: 3px solid var(--accent); padding-bottom: .4rem; }
        h2 { font-size: 1.1rem; margin-top: 2rem; }
        table { border-collapse: collapse; width: 100%; }
        td { border-top: 1px solid var(--line); padding: .4rem .6rem .4rem 0; vertical-align: top; }
        td:first-child { white-space: nowrap; }
        code, pre { font: 14px/1.4 ui-monospace, monospace; }
        pre { border: 1px solid var(--line); border-radius: 6px; padding: .8rem; overflow-x: auto; }
        a { color: var(--accent); }
        </style>
        </head>
        <body>
        <h1>{{Escape(host.Name)}}</h1>
        <p>This page was asked for by <code>{{Escape(request.Client.ToString())}}</code>, as far as this server can tell: a translator of addresses on the way would show its own.</p>
        <p>It came through Fathom's own TCP/IP: the frames, the addresses that were looked for on the link, the packets, the segments and their
        acknowledgments are real, and every one of them can be captured, drawn and taken apart.</p>
        <h2>What is here</h2>
        <table>
        <tr><td><a href="/">/</a><td>this page, of more octets than one packet holds
        <tr><td><a href="/hello">/hello</a><td>one line, with the address that this server sees
        <tr><td><a href="/bytes/1048576">/bytes/1048576</a><td>a mebibyte, or as many octets as one asks for; the one at offset n is n modulo 251, so that a damaged or lost one is noticed
        </table>
        <h2>What to try</h2>
        <pre>fathom trace {{Escape(host.Name)}}
        fathom tcp connect {{Escape(host.Name)}} 80 --show-handshake
        fathom http http://{{Escape(host.Name)}}/bytes/100000 --timing
        fathom check {{Escape(host.Name)}}</pre>
        </body>
        </html>

        """);

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
