namespace Fathom.Wire.Application.Http;

/// <summary>Takes the parts of a request as they arrive.</summary>
public interface IHttpRequestHandler : IHttpBodyHandler
{
    /// <summary>Takes the head, before any of the body.</summary>
    /// <param name="head">The head.</param>
    void OnHead(HttpRequestHead head);
}
