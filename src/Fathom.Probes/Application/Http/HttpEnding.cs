using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>What the end of a stream means for the response that is being read.</summary>
internal static class HttpEnding
{
    /// <summary>
    /// True where the end may be the response's end, which the reader then decides. RFC 9112 §9.8: over TLS a body until close should end
    /// with a close_notify; servers forget it, and clients show the page: it is complete as far as anybody can tell.
    /// </summary>
    public static bool IsOrderly(HttpResponseReader reader, ByteStreamStatus status)
    {
        var isUntilClose = reader is { Framing: HttpFraming.UntilClose, State: HttpReadState.Body };
        return status == ByteStreamStatus.End || (status == ByteStreamStatus.EndWithoutCloseNotify && isUntilClose);
    }
}
