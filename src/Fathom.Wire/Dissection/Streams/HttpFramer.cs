using Fathom.Wire.Application.Http;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>HTTP/1.x: each head is a message, what follows it is content by the rules of RFC 9112 §6.3.</summary>
internal sealed class HttpFramer(PendingRequests requests) : StreamFramer
{
    private static readonly HttpLimits Limits = HttpLimits.Default;

    private readonly NoParts _parts = new();
    private HttpRequestReader? _request;
    private HttpResponseReader? _response;

    // Content of a message that a receiver would have refused, by its Content-Length.
    private long _rest;

    internal override IApplicationDissector Dissector => HttpDissector.Instance;

    internal override string Unit => "an HTTP head";

    internal override bool IsWithinMessage => _rest > 0 || _request is not null || _response is not null;

    internal override StreamUnit Next(ReadOnlySpan<byte> bytes)
    {
        if (_rest > 0)
        {
            var length = (int)Math.Min(_rest, bytes.Length);
            _rest -= length;
            return new StreamUnit(StreamUnitKind.Content, length);
        }

        if (_request is { State: HttpReadState.Body or HttpReadState.Trailers } || _response is { State: HttpReadState.Body or HttpReadState.Trailers })
        {
            var taken = _request?.Read(bytes, _parts) ?? _response!.Read(bytes, _parts);
            Finish();
            return taken > 0 ? new StreamUnit(StreamUnitKind.Content, taken) : StreamUnit.Foreign;
        }

        var end = HeadEnd(bytes);
        if (end < 0) return bytes.Length > Limits.MaximumHeadLength ? StreamUnit.Foreign : StreamUnit.Incomplete;
        if (!HttpDissector.Instance.Recognizes(IpProtocol.Tcp, bytes)) return StreamUnit.Foreign;
        if (bytes.StartsWith("HTTP/"u8))
        {
            _response ??= new HttpResponseReader(requests.NextMethod(), Limits);
            _ = _response.Read(bytes[..end], _parts);
        }
        else
        {
            _request = new HttpRequestReader(Limits);
            _ = _request.Read(bytes[..end], _parts);
            requests.Requested(System.Text.Encoding.ASCII.GetString(bytes[..bytes.IndexOf((byte)' ')]));
        }

        // Who looks on must go on where a receiver gives up: at a request without Host, say.
        if (_request is { State: HttpReadState.Failed } || _response is { State: HttpReadState.Failed }) _rest = LengthOf(bytes[..end]);
        Finish();
        return new StreamUnit(StreamUnitKind.Message, end);
    }

    /// <summary>Octets up to and with the empty line; -1 where it is not there. A lone LF ends lines too (RFC 9112 §2.2).</summary>
    internal static int HeadEnd(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; bytes[at..].IndexOf((byte)'\n') is >= 0 and var feed;)
        {
            at += feed + 1;
            if (at < bytes.Length && bytes[at] == '\n') return at + 1;
            if (at + 1 < bytes.Length && bytes[at] == '\r' && bytes[at + 1] == '\n') return at + 2;
        }

        return -1;
    }

    private static long LengthOf(ReadOnlySpan<byte> head)
    {
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range];
            var colon = line.IndexOf((byte)':');
            if (colon < 0 || !System.Text.Ascii.EqualsIgnoreCase(line[..colon], "Content-Length"u8)) continue;
            return long.TryParse(line[(colon + 1)..].Trim(" \t\r"u8), System.Globalization.NumberStyles.None, null, out var length) ? length : 0;
        }

        return 0;
    }

    // After a message that cannot be read nothing is known of its end: what comes next must look like a head.
    private void Finish()
    {
        if (_request is { State: HttpReadState.Complete or HttpReadState.Failed }) _request = null;
        if (_response is { State: HttpReadState.Complete or HttpReadState.Failed }) _response = null;
    }

    private sealed class NoParts : IHttpRequestHandler, IHttpResponseHandler
    {
        public void OnHead(HttpRequestHead head)
        {
        }

        public void OnHead(HttpResponseHead head)
        {
        }

        public void OnBody(ReadOnlySpan<byte> bytes)
        {
        }

        public void OnTrailers(HttpFields trailers)
        {
        }

        public void OnComplete()
        {
        }
    }
}
