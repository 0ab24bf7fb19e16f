namespace Fathom.Wire.Application.Http;

/// <summary>Takes what follows a head, as it arrives.</summary>
public interface IHttpBodyHandler
{
    /// <summary>Some octets of the body, without chunk framing; content and transfer codings such as gzip are still on.</summary>
    /// <param name="bytes">At least one octet, valid only during the call.</param>
    void OnBody(ReadOnlySpan<byte> bytes);

    /// <summary>The trailers of a chunked body; not called when there are none.</summary>
    /// <param name="trailers">At least one field.</param>
    void OnTrailers(HttpFields trailers);

    /// <summary>The message is whole.</summary>
    void OnComplete();
}
