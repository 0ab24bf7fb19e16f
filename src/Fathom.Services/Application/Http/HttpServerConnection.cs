using System.Buffers;
using System.Globalization;
using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Wire.Application.Http;

namespace Fathom.Services.Application.Http;

/// <summary>One connection of an <see cref="HttpServer"/>, request by request.</summary>
internal sealed class HttpServerConnection(INetworkHost host, IStreamConnection connection, IHttpHandler handler, HttpServerOptions options, Action<HttpServed>? onServed)
{
    private const int BufferSize = 16 * 1024;

    // Of a body that is made while it is sent: few calls, and little memory for each connection.
    private const int PieceSize = 64 * 1024;

    // RFC 9112 §9.6: after an error the client may still be sending; a close at once would reset the connection, and the answer be lost.
    private static readonly TimeSpan LingerTimeout = TimeSpan.FromSeconds(1);
    private const int MaximumLinger = 1024 * 1024;

    private static readonly byte[] Continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();

    private readonly byte[] _buffer = new byte[BufferSize];
    private ReadOnlyMemory<byte> _pending;

    /// <summary>Serves requests until the client or a fault ends it.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var goOn = true;
        while (goOn) goOn = await ServeOneAsync(cancellation);
    }

    private async Task<bool> ServeOneAsync(CancellationToken cancellation)
    {
        var reader = new HttpRequestReader(options.Limits);
        var sink = new Sink(options.MaximumBody);
        var (refusal, start) = await ReceiveAsync(reader, sink, cancellation);
        if (refusal is null && reader.State != HttpReadState.Complete) return false; // closed, or idle for too long
        var reply = refusal ?? await handler.HandleAsync(new HttpServerRequest(reader.Head!, sink.Body, sink.Trailers, connection.Remote), cancellation);
        var keepAlive = refusal is null && reader.KeepAlive && !reply.Close;
        var (octets, length) = Compose(reply, reader.Head, keepAlive);
        var written = await connection.WriteAsync(octets, cancellation);
        if (reply.Source is { } source && length > 0 && written.Status == StreamStatus.Ok) written = await WriteAsync(source, cancellation);
        onServed?.Invoke(new HttpServed(connection.Remote, reader.Head ?? sink.Head, reply.Status, length, host.Time.GetElapsedTime(start), reader.Error));
        if (written.Status != StreamStatus.Ok) return false;
        if (!keepAlive) await LingerAsync(cancellation);
        return keepAlive;
    }

    /// <summary>Reads one request. A reply, where it is refused.</summary>
    private async Task<(HttpReply? Refusal, long Start)> ReceiveAsync(HttpRequestReader reader, Sink sink, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_pending.IsEmpty ? options.IdleTimeout : options.RequestTimeout, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var start = host.Time.GetTimestamp();
        var hasBegun = !_pending.IsEmpty;
        var wasContinued = false;
        try
        {
            while (true)
            {
                if (!_pending.IsEmpty) _pending = _pending[reader.Read(_pending.Span, sink)..];
                if (reader.Error is { } error) return (Refuse(error), start);
                if (sink.IsTooLarge || reader.ExpectedLength > options.MaximumBody)
                    return (HttpReply.Text(413, FormattableString.Invariant($"the body may have {options.MaximumBody} octets")) with { Close = true }, start);
                if (reader.State == HttpReadState.Complete) return (null, start);

                // RFC 9110 §10.1.1: only where the client waits, and nothing of the body is here.
                if (!wasContinued && reader.ExpectsContinue && reader.BodyLength == 0 && _pending.IsEmpty)
                {
                    wasContinued = true;
                    await connection.WriteAsync(Continue, either.Token);
                }

                var read = await connection.ReadAsync(_buffer, either.Token);
                if (read.Status != StreamStatus.Ok)
                {
                    if (hasBegun && read.Status == StreamStatus.End) reader.End(sink);
                    return (reader.Error is { } truncated && sink.Head is not null ? Refuse(truncated) : null, start);
                }

                if (!hasBegun)
                {
                    hasBegun = true;
                    start = host.Time.GetTimestamp();
                    patience.CancelAfter(options.RequestTimeout);
                }

                _pending = _buffer.AsMemory(0, read.Count);
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return (hasBegun ? HttpReply.Text(408, "the request did not arrive in time") with { Close = true } : null, start);
        }
    }

    private static HttpReply Refuse(HttpError error)
    {
        var status = error.Kind switch
        {
            HttpErrorKind.StartLineTooLong => 414,
            HttpErrorKind.HeadTooLong or HttpErrorKind.FieldTooLong or HttpErrorKind.TooManyFields or HttpErrorKind.TrailersTooLong => 431,
            HttpErrorKind.UnsupportedVersion => 505,
            _ => 400,
        };
        var shape = error.Shape is { } s ? $" [{s.ToText()}]" : "";
        return HttpReply.Text(status, error + shape) with { Close = true };
    }

    private (byte[] Octets, long BodyLength) Compose(HttpReply reply, HttpRequestHead? request, bool keepAlive)
    {
        // RFC 9110 §6.4.1: no content with 204 and 304, and none to HEAD, whose fields are those of GET.
        var hasBody = reply.Status is not (204 or 304);
        var chunks = hasBody && reply.Source is null && reply.ChunkSize is not null && request is { MinorVersion: >= 1 };
        var fields = new List<HttpField> { new("Date", host.Time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture)) };
        if (options.ServerName.Length > 0) fields.Add(new HttpField("Server", options.ServerName));
        fields.AddRange(reply.Fields);
        if (chunks) fields.Add(new HttpField("Transfer-Encoding", "chunked"));
        else if (hasBody) fields.Add(new HttpField("Content-Length", (reply.Source?.Length ?? reply.Body.Length).ToString(CultureInfo.InvariantCulture)));
        if (!keepAlive) fields.Add(new HttpField("Connection", "close"));
        else if (request is { MinorVersion: 0 }) fields.Add(new HttpField("Connection", "keep-alive"));
        var octets = new List<byte>(new HttpResponseHead(1, 1, reply.Status, HttpStatusRegistry.Phrase(reply.Status), new HttpFields(fields)).ToBytes());
        if (!hasBody || request?.Method == "HEAD") return ([.. octets], 0);
        if (reply.Source is { } source) return ([.. octets], source.Length);
        if (!chunks)
        {
            octets.AddRange(reply.Body.Span);
            return ([.. octets], reply.Body.Length);
        }

        for (var rest = reply.Body; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, reply.ChunkSize!.Value)..])
            octets.AddRange(HttpChunkedWriter.Chunk(rest.Span[..Math.Min(rest.Length, reply.ChunkSize!.Value)]));
        octets.AddRange(HttpChunkedWriter.End(reply.Trailers));
        return ([.. octets], reply.Body.Length);
    }

    private async Task<StreamResult> WriteAsync(IHttpBody source, CancellationToken cancellation)
    {
        var piece = new byte[PieceSize];
        var written = new StreamResult(StreamStatus.Ok, 0);
        for (long offset = 0; offset < source.Length && written.Status == StreamStatus.Ok;)
        {
            var count = (int)Math.Min(piece.Length, source.Length - offset);
            source.Fill(offset, piece.AsSpan(0, count));
            written = await connection.WriteAsync(piece.AsMemory(0, count), cancellation);
            offset += count;
        }

        return written;
    }

    private async Task LingerAsync(CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(LingerTimeout, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await connection.ShutdownAsync(either.Token);
            for (var total = 0; total < MaximumLinger;)
            {
                var read = await connection.ReadAsync(_buffer, either.Token);
                if (read.Status != StreamStatus.Ok) return;
                total += read.Count;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Enough waited.
        }
    }

    /// <summary>Gathers a request, up to the limit.</summary>
    private sealed class Sink(int maximumBody) : IHttpRequestHandler
    {
        private readonly ArrayBufferWriter<byte> _body = new();

        public HttpRequestHead? Head { get; private set; }

        public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

        public HttpFields Trailers { get; private set; } = HttpFields.Empty;

        public bool IsTooLarge { get; private set; }

        public void OnHead(HttpRequestHead head) => Head = head;

        public void OnBody(ReadOnlySpan<byte> bytes)
        {
            IsTooLarge |= _body.WrittenCount + (long)bytes.Length > maximumBody;
            if (!IsTooLarge) _body.Write(bytes);
        }

        public void OnTrailers(HttpFields trailers) => Trailers = trailers;

        public void OnComplete()
        {
            // The reader's state says so.
        }
    }
}
