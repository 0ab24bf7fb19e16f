using Fathom.Services.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Lab.Application;

/// <summary>A site that sends its visitors to HTTPS (RFC 9110 §15.4.2).</summary>
internal sealed class RedirectSite(string name) : IHttpHandler
{
    public ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation)
        => ValueTask.FromResult(new HttpReply(301) { Fields = [new HttpField("Location", $"https://{name}{request.Path}")] });
}
