using System.Text;
using Fathom.Services.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Lab.Application;

/// <summary>The web server of a captive portal: it answers for every host, and lets in who asks for its own /login.</summary>
internal sealed class PortalSite(CaptivePortal portal) : IHttpHandler
{
    private const string LoginPath = "/login";

    public ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation)
    {
        var login = $"http://{portal.Options.Portal}{LoginPath}";
        if (request.Path == LoginPath && IsOwn(request))
        {
            portal.Admit(request.Client.Address);
            return ValueTask.FromResult(HttpReply.Text(200, "Welcome. You are on the network now."));
        }

        // RFC 6585 §6: with a link to where one logs in, and not to be kept by caches.
        var reply = new HttpReply(portal.Options.Answer switch { PortalAnswer.Redirect => 302, PortalAnswer.Page => 200, _ => 511 })
        {
            Fields = [new HttpField("Content-Type", "text/html; charset=utf-8"), new HttpField("Cache-Control", "no-store"), .. portal.Options.Answer == PortalAnswer.Redirect ? new[] { new HttpField("Location", login) } : []],
            Body = Encoding.UTF8.GetBytes($"<html><head><title>Network Authentication Required</title></head><body><p>You need to <a href=\"{login}\">log in</a> to this network.</p></body></html>\n"),
            Close = true,
        };
        return ValueTask.FromResult(reply);
    }

    private bool IsOwn(HttpServerRequest request)
    {
        var host = request.Head.Fields.First("Host");
        var own = portal.Options.Portal;
        return host == own.ToString() || (own.Port == 80 && host == own.Address.ToString());
    }
}
