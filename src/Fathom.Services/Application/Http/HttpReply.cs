using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Services.Application.Http;

/// <summary>What a handler answers. The server adds Date, framing and Connection.</summary>
/// <param name="Status">A final status, 200 to 599.</param>
public sealed record HttpReply(int Status)
{
    /// <summary>Fields, without framing.</summary>
    public HttpFields Fields { get; init; } = HttpFields.Empty;

    /// <summary>The body; it is not sent with 204 and 304, nor to HEAD.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A body that is made while it is sent, in the place of <see cref="Body"/>; it is sent by its length.</summary>
    public IHttpBody? Source { get; init; }

    /// <summary>Send the body in chunks of this many octets; null sends it by its length.</summary>
    public int? ChunkSize { get; init; }

    /// <summary>Trailers, for a body in chunks.</summary>
    public HttpFields Trailers { get; init; } = HttpFields.Empty;

    /// <summary>Close the connection after it.</summary>
    public bool Close { get; init; }

    /// <summary>Plain text with a line end.</summary>
    /// <param name="status">The status.</param>
    /// <param name="text">The text, without line end.</param>
    public static HttpReply Text(int status, string text) => new(status)
    {
        Fields = [new HttpField("Content-Type", "text/plain; charset=utf-8")],
        Body = Encoding.UTF8.GetBytes(text + "\n"),
    };
}
