using System.Buffers;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>One message of a file, as far as it could be read.</summary>
/// <param name="StartLine">The start line, safe; of a message whose head could not be read, its first line as it came.</param>
/// <param name="Fields">The fields.</param>
internal sealed record HttpParsed(string StartLine, HttpFields Fields)
{
    public HttpFraming Framing { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public HttpFields Trailers { get; init; } = HttpFields.Empty;

    public IReadOnlyList<HttpTolerance> Tolerated { get; init; } = [];

    public HttpError? Error { get; init; }

    /// <summary>Octets behind the message.</summary>
    public int Left { get; init; }

    /// <summary>Reads a response with the informational ones before it, or a request; the file's end counts as the connection's.</summary>
    /// <returns>At least one.</returns>
    public static IReadOnlyList<HttpParsed> Read(ReadOnlySpan<byte> octets, bool isRequest, string method)
    {
        var sink = new Sink(FirstLine(octets));
        if (isRequest)
        {
            var reader = new HttpRequestReader(HttpLimits.Default);
            var used = reader.Read(octets, sink);
            reader.End(sink);
            return [sink.Last(reader.Framing, [], reader.Error, octets.Length - used)];
        }
        else
        {
            var reader = new HttpResponseReader(method, HttpLimits.Default);
            var used = reader.Read(octets, sink);
            reader.End(sink);
            return [.. sink.Informational, sink.Last(reader.Framing, reader.Tolerated, reader.Error, octets.Length - used)];
        }
    }

    // A longer line shows nothing more.
    private static string FirstLine(ReadOnlySpan<byte> octets)
    {
        var end = octets.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? octets : octets[..end];
        return TextSanitizer.EscapeOctets(line[..Math.Min(line.Length, 120)]);
    }

    private sealed class Sink(string firstLine) : IHttpRequestHandler, IHttpResponseHandler
    {
        private readonly ArrayBufferWriter<byte> _body = new();
        private HttpParsed _last = new(firstLine, HttpFields.Empty);

        public List<HttpParsed> Informational { get; } = [];

        public HttpParsed Last(HttpFraming framing, IReadOnlyList<HttpTolerance> tolerated, HttpError? error, int left)
            => _last with { Framing = framing, Body = _body.WrittenMemory, Tolerated = tolerated, Error = error, Left = left };

        public void OnHead(HttpRequestHead head) => _last = _last with { StartLine = head.ToString(), Fields = head.Fields };

        public void OnHead(HttpResponseHead head)
        {
            if (head.IsInformational && head.Status != 101) Informational.Add(new HttpParsed(head.ToString(), head.Fields));
            else _last = _last with { StartLine = head.ToString(), Fields = head.Fields };
        }

        public void OnBody(ReadOnlySpan<byte> bytes) => _body.Write(bytes);

        public void OnTrailers(HttpFields trailers) => _last = _last with { Trailers = trailers };

        public void OnComplete()
        {
            // The reader's state says so.
        }
    }
}
