using Fathom.Services.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Lab.Application;

/// <summary>The site of a web server of the lab: another's pages, with what the server's behavior does to them.</summary>
/// <param name="service">The server.</param>
/// <param name="pages">Its pages.</param>
/// <param name="redirect">What answers where all is as it should be; null: the pages.</param>
internal sealed class WebSite(WebService service, IHttpHandler pages, IHttpHandler? redirect) : IHttpHandler
{
    // What SecurityHeaderAudit asks for, with a year of HSTS.
    private static readonly HttpField[] SecurityFields =
    [
        new("Strict-Transport-Security", "max-age=31536000"),
        new("X-Content-Type-Options", "nosniff"),
        new("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
        new("X-Frame-Options", "DENY"),
        new("Referrer-Policy", "no-referrer"),
    ];

    public async ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation)
    {
        var behavior = service.Behavior;
        var reply = behavior switch
        {
            { Status: { } status } => HttpReply.Text(status, HttpStatusRegistry.Phrase(status)),
            { Response: ResponseTrouble.RedirectLoop } => new HttpReply(302) { Fields = [new HttpField("Location", request.Path)] },

            // A redirect has no content that could be cut, nor a visitor who stays.
            { Response: ResponseTrouble.None, Cookies: CookieTrouble.None, Close: CloseTrouble.None } when redirect is not null => await redirect.HandleAsync(request, cancellation),
            _ => await pages.HandleAsync(request, cancellation),
        };
        var fields = reply.Fields;
        if (service.IsSecured && !behavior.OmitsSecurityFields)
        {
            foreach (var field in SecurityFields) fields = fields.With(field.Name, field.Value);
        }

        if (CookieOf(behavior.Cookies) is { } cookie) fields = fields.With("Set-Cookie", cookie);
        return reply with { Fields = fields };
    }

    private static string? CookieOf(CookieTrouble trouble) => trouble switch
    {
        CookieTrouble.Insecure => "session=1; Path=/",
        CookieTrouble.Rejected => "session=1; Domain=other.example; Path=/; Secure; HttpOnly; SameSite=Lax",
        _ => null,
    };
}
