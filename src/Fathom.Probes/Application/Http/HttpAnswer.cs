using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>A response, as far as it came.</summary>
/// <param name="Head">The final head.</param>
public sealed record HttpAnswer(HttpResponseHead Head)
{
    /// <summary>The informational responses before it.</summary>
    public IReadOnlyList<HttpResponseHead> Informational { get; init; } = [];

    /// <summary>What ended the body.</summary>
    public HttpFraming Framing { get; init; }

    /// <summary>The body without framing, as it was coded; empty when it was stored elsewhere.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Octets of the body, wherever they are.</summary>
    public long BodyLength { get; init; }

    /// <summary>The body went to an <see cref="IHttpBodySink"/>.</summary>
    public bool IsStored { get; init; }

    /// <summary>The body after its content codings; as it came where they were not to be undone.</summary>
    public HttpDecoding Content { get; init; } = new(HttpDecodingStatus.NotCoded, default, []);

    /// <summary>Fields behind a chunked body (RFC 9110 §6.5); empty where none came.</summary>
    public HttpFields Trailers { get; init; } = HttpFields.Empty;

    /// <summary>What was against the specification and read all the same.</summary>
    public IReadOnlyList<HttpTolerance> Tolerated { get; init; } = [];

    /// <summary>The server keeps the connection open.</summary>
    public bool KeepAlive { get; init; }
}
