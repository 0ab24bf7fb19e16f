using Fathom.Lab.Application;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Faults;

/// <summary>Faults of web servers above TLS, and the portal that answers in their place.</summary>
internal static class HttpFaults
{
    private const string Places = "a web server, or one of its ports: www, www:443";
    private const string SecuredPlaces = "a web server with HTTPS: www, www:443";
    private const ushort HttpPort = 80;

    public static IEnumerable<Fault> All =>
    [
        Response("http.malformed", "The server's answers are no HTTP.", ResponseTrouble.Malformed),
        Web("http.wrong-scheme", "The port of HTTP speaks TLS, and the port of HTTPS does not.", static b => b with { HasOtherScheme = true }),
        Status("http.client-error", "The server answers 403 Forbidden.", 403),
        Status("http.server-error", "The server answers 500 Internal Server Error.", 500),
        Status("http.upstream-error", "The server answers 502 Bad Gateway.", 502),
        Response("http.redirect-loop", "The server redirects each request to itself.", ResponseTrouble.RedirectLoop),
        Response("http.truncated", "The server sends half of the content that it has announced.", ResponseTrouble.Truncated),
        Response("http.timeout", "The server takes requests and does not answer them.", ResponseTrouble.Silent),
        new("http.captive-portal", FaultSide.Gateway, "a router's interface towards its clients", "A captive portal keeps clients in until they log in.", static place =>
        {
            if (place is not { Host.Forwards: true, Port: { } port }) return Undo.NeedsRouter;
            var own = port.Host.Stack.Addresses.FirstOrDefault(a => a.Interface == port.Interface && a.Address.IsV4 && !a.Address.IsLinkLocal);
            if (own is null) return $"{port.Name} has no IPv4 address.";
            return (Action)CaptivePortal.AddTo(port, new PortalOptions(new IpEndpoint(own.Address, HttpPort)) { Answer = PortalAnswer.Redirect }).Remove;
        }),
        new("http.insecure-headers", FaultSide.Server, SecuredPlaces, "The server leaves out the fields that protect a page's visitors.", static place => ServiceChange.Secured(place, static b => b with { OmitsSecurityFields = true })),
        Web("cookie.rejected", "The server sets a cookie for another site's domain.", static b => b with { Cookies = CookieTrouble.Rejected }),
        Web("cookie.insecure", "The server sets a cookie without Secure, HttpOnly and SameSite.", static b => b with { Cookies = CookieTrouble.Insecure }),
        Web("close.reset", "The server ends its connections with a RST behind the response.", static b => b with { Close = CloseTrouble.Reset }),
        new("close.no-close-notify", FaultSide.Server, SecuredPlaces, "The server ends TLS without close_notify.", static place => ServiceChange.Secured(place, static b => b with { Close = CloseTrouble.NoCloseNotify })),
    ];

    private static Fault Web(string cause, string description, Func<WebBehavior, WebBehavior> change) => new(cause, FaultSide.Server, Places, description, place => ServiceChange.Web(place, change));

    private static Fault Status(string cause, string description, int status) => Web(cause, description, b => b with { Status = status });

    private static Fault Response(string cause, string description, ResponseTrouble trouble) => Web(cause, description, b => b with { Response = trouble });
}
