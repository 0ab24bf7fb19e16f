namespace Fathom.Wire.Dissection.Streams;

/// <summary>The requests of an HTTP/1.x connection that wait for their responses, which is what one direction tells the other: a response's end depends on its request's method (RFC 9112 §6.3).</summary>
internal sealed class PendingRequests
{
    // Requests that are sent before their responses come; browsers send one, pipelining clients some.
    private const int MaxWaiting = 256;

    private readonly Queue<string> _methods = [];

    internal void Requested(string method)
    {
        if (_methods.Count < MaxWaiting) _methods.Enqueue(method);
    }

    /// <summary>The method that the next response answers; GET where its request was not captured.</summary>
    internal string NextMethod() => _methods.TryDequeue(out var method) ? method : "GET";
}
