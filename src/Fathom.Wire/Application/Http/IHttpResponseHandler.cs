namespace Fathom.Wire.Application.Http;

/// <summary>Takes the parts of a response as they arrive.</summary>
public interface IHttpResponseHandler : IHttpBodyHandler
{
    /// <summary>A head: of each informational response, then of the final one.</summary>
    /// <param name="head">The head.</param>
    void OnHead(HttpResponseHead head);
}
