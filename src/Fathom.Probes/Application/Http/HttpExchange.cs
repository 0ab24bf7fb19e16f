using Fathom.Hosts;
using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>One HTTP/1.1 request and its response over a byte stream (RFC 9112).</summary>
public static class HttpExchange
{
    private const int BufferSize = 16 * 1024;
    private const int KeptFirstBytes = 256;
    private const int KeptBody = 2048;

    /// <summary>Sends the request and reads the response.</summary>
    /// <param name="host">The host, for its clock.</param>
    /// <param name="stream">The stream, open.</param>
    /// <param name="request">The request head; no body is sent.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellation">Ends the exchange with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<HttpOutcome> RunAsync(
        INetworkHost host, IByteStream stream, HttpRequestHead request, HttpExchangeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        var run = new Run(host, stream, request, options);
        var outcome = await run.ReadAsync(cancellation);
        return outcome with
        {
            Duration = host.Time.GetElapsedTime(run.Start),
            FirstByte = run.FirstByte,
            BytesReceived = run.Received,
            Head = run.Reader.Head,
            FirstBytes = run.FirstBytes.ToArray(),
        };
    }

    private sealed class Run(INetworkHost host, IByteStream stream, HttpRequestHead request, HttpExchangeOptions options) : IHttpResponseHandler
    {
        private readonly List<byte> _body = [];

        public long Start { get; } = host.Time.GetTimestamp();

        public TimeSpan? FirstByte { get; private set; }

        public long Received { get; private set; }

        public List<byte> FirstBytes { get; } = [];

        public HttpResponseReader Reader { get; } = new(request.Method, options.Limits);

        public async Task<HttpOutcome> ReadAsync(CancellationToken cancellation)
        {
            using var total = new Deadline(host.Time, options.TotalTimeout, cancellation);
            using var idle = new CancellationTokenSource(options.IdleTimeout, host.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(total.Token, idle.Token);
            try
            {
                // A peer may answer (414, 431, RST) before it has read the request: what it says is read whatever became of the write.
                var written = await stream.WriteAsync(request.ToBytes(), either.Token);
                var buffer = new byte[BufferSize];
                while (Reader.State is not (HttpReadState.Complete or HttpReadState.Failed))
                {
                    var (status, count) = await stream.ReadAsync(buffer, either.Token);
                    if (status != ByteStreamStatus.Ok) return Ended(status == ByteStreamStatus.End && written == ByteStreamStatus.Reset ? written : status);
                    idle.CancelAfter(options.IdleTimeout);
                    Take(buffer.AsSpan(0, count));
                    if (Reader.BodyLength >= options.MaximumBody) return new HttpOutcome.Completed(Reader.BodyLength, true, Body(), null);
                }

                return Reader.State == HttpReadState.Failed ? Failed() : await CompletedAsync(cancellation);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Octets were still arriving: a slow link, or a stream that never ends, is not a server that does not answer.
                if (total.Passed && Reader is { State: HttpReadState.Body, BodyLength: > 0 }) return new HttpOutcome.Completed(Reader.BodyLength, true, Body(), null);
                return new HttpOutcome.TimedOut(!total.Passed, total.Passed ? options.TotalTimeout : options.IdleTimeout);
            }
        }

        public void OnHead(HttpResponseHead head)
        {
            // The reader keeps the final head; informational ones are only passed through.
        }

        public void OnBody(ReadOnlySpan<byte> bytes)
        {
            if (_body.Count < KeptBody) _body.AddRange(bytes[..Math.Min(bytes.Length, KeptBody - _body.Count)]);
        }

        public void OnTrailers(HttpFields trailers)
        {
            // Trailers do not change what the exchange proves.
        }

        public void OnComplete()
        {
            // The reader's state says so.
        }

        private void Take(ReadOnlySpan<byte> bytes)
        {
            FirstByte ??= host.Time.GetElapsedTime(Start);
            Received += bytes.Length;
            if (FirstBytes.Count < KeptFirstBytes) FirstBytes.AddRange(bytes[..Math.Min(bytes.Length, KeptFirstBytes - FirstBytes.Count)]);
            Reader.Read(bytes, this);
        }

        private HttpOutcome Ended(ByteStreamStatus status)
        {
            if (HttpEnding.IsOrderly(Reader, status) && Received > 0) Reader.End(this);
            if (Reader.State == HttpReadState.Complete) return new HttpOutcome.Completed(Reader.BodyLength, false, Body(), status);
            if (Reader.Error is { Kind: not HttpErrorKind.Truncated } error) return new HttpOutcome.Malformed(error);
            return new HttpOutcome.Broken(status, Reader.BodyLength, Reader.ExpectedLength);
        }

        private HttpOutcome.Malformed Failed() => new(Reader.Error!);

        private async Task<HttpOutcome> CompletedAsync(CancellationToken cancellation)
        {
            ByteStreamStatus? close = null;
            using var deadline = new Deadline(host.Time, options.CloseTimeout, cancellation);
            try
            {
                var buffer = new byte[BufferSize];
                var (status, count) = await stream.ReadAsync(buffer, deadline.Token);
                if (status != ByteStreamStatus.Ok) close = status;
                else Received += count;
            }
            catch (OperationCanceledException) when (deadline.Passed)
            {
                // The peer keeps the connection open, which it may.
            }

            return new HttpOutcome.Completed(Reader.BodyLength, false, Body(), close);
        }

        private byte[] Body() => [.. _body];
    }
}
