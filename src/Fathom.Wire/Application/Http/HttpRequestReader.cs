namespace Fathom.Wire.Application.Http;

/// <summary>
/// Reads one request from octets that are pushed into it (RFC 9112). It makes the same calls and the same error
/// however the input is cut. Nothing is tolerated that two readers could read differently, because that is how
/// requests are smuggled: no bare LF, no folding, no space before a colon, no control characters, no repeated
/// Content-Length, never Content-Length beside Transfer-Encoding, no coding but a final "chunked" to end a body.
/// Empty lines before the request line are passed over (RFC 9112 §2.2).
/// </summary>
public sealed class HttpRequestReader
{
    private readonly HttpMessageMachine _machine;
    private readonly HttpRequestRules _rules = new();

    /// <summary>Makes a reader for one request.</summary>
    /// <param name="limits">The limits.</param>
    public HttpRequestReader(HttpLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _machine = new HttpMessageMachine(limits, _rules);
    }

    /// <summary>Where the reader stands.</summary>
    public HttpReadState State => _machine.State;

    /// <summary>What ends the body; never <see cref="HttpFraming.UntilClose"/>.</summary>
    public HttpFraming Framing => _machine.Framing;

    /// <summary>Octets of the body so far, without chunk framing.</summary>
    public long BodyLength => _machine.BodyLength;

    /// <summary>Octets that the body will have, with <see cref="HttpFraming.ContentLength"/>; else null.</summary>
    public long? ExpectedLength => _machine.ExpectedLength;

    /// <summary>Why reading failed, or null.</summary>
    public HttpError? Error => _machine.Error;

    /// <summary>The head, or null before it.</summary>
    public HttpRequestHead? Head => _rules.Head;

    /// <summary>True when the head was read and the client keeps the connection for another request (RFC 9112 §9.3).</summary>
    public bool KeepAlive => _rules.KeepAlive && Error is null;

    /// <summary>The client waits for a 100 before it sends the body (RFC 9110 §10.1.1).</summary>
    public bool ExpectsContinue => Head is { MinorVersion: >= 1 } head && State == HttpReadState.Body
        && string.Equals(head.Fields.First("Expect"), "100-continue", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes octets, and calls the handler with what they complete.</summary>
    /// <param name="bytes">What arrived next.</param>
    /// <param name="handler">Takes the parts.</param>
    /// <returns>Octets consumed: all of them, unless the request ended in <see cref="HttpReadState.Complete"/> or <see cref="HttpReadState.Failed"/>.</returns>
    public int Read(ReadOnlySpan<byte> bytes, IHttpRequestHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _rules.Handler = handler;
        return _machine.Read(bytes, handler);
    }

    /// <summary>The peer closed: an unfinished request fails as <see cref="HttpErrorKind.Truncated"/>.</summary>
    /// <param name="handler">Takes the completion.</param>
    public void End(IHttpRequestHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _machine.End(handler);
    }
}
