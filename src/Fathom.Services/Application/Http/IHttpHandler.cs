namespace Fathom.Services.Application.Http;

/// <summary>Answers requests. Called concurrently, once for each request of every connection.</summary>
public interface IHttpHandler
{
    /// <summary>Answers one request.</summary>
    /// <param name="request">The request, whole.</param>
    /// <param name="cancellation">Fires when the server stops.</param>
    ValueTask<HttpReply> HandleAsync(HttpServerRequest request, CancellationToken cancellation);
}
