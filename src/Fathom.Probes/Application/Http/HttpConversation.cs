using System.Buffers;
using Fathom.Hosts;
using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>One request and its response over an open stream. The request is written while the response is read already: a server may answer before it has the whole body.</summary>
internal sealed class HttpConversation(INetworkHost host, IByteStream stream, string method, HttpAgentOptions options, Func<HttpResponseHead, IHttpBodySink?>? sinkFor = null) : IHttpResponseHandler
{
    private const int BufferSize = 32 * 1024;

    // What is kept of the octets as they came, to be shown. More than this is not read by a person.
    private const int MaximumReceived = 1024 * 1024;

    // RFC 9110 §10.1.1: "SHOULD NOT wait for an indefinite period"; curl waits as long.
    private static readonly TimeSpan ContinueTimeout = TimeSpan.FromSeconds(1);

    private readonly HttpResponseReader _reader = new(method, options.Limits);
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly ArrayBufferWriter<byte> _received = new();
    private readonly List<HttpResponseHead> _informational = [];
    private readonly byte[] _buffer = new byte[BufferSize];
    private HttpFields _trailers = HttpFields.Empty;
    private long _start;
    private long _firstAt;
    private long _receivedLength;
    private bool _isTooLarge;
    private IHttpBodySink? _sink;
    private long _stored;
    private bool _hasSurplus;
    private bool _bodyWithheld;

    public HttpFailure? Failure { get; private set; }

    /// <summary>The connection can carry another request.</summary>
    public bool CanGoOn { get; private set; }

    /// <summary>Not one octet came: on a connection that was idle, the server had closed it.</summary>
    public bool NothingCame => _receivedLength == 0;

    public TimeSpan? Wait => _firstAt == 0 ? null : host.Time.GetElapsedTime(_start, _firstAt);

    public TimeSpan? Transfer { get; private set; }

    public ReadOnlyMemory<byte> Received => _received.WrittenMemory;

    public long ReceivedLength => _receivedLength;

    public HttpAnswer? Answer => _reader.Head is not { } head ? null : new HttpAnswer(head)
    {
        Informational = _informational,
        Framing = _reader.Framing,
        Body = _sink is null ? _body.WrittenMemory : default,
        BodyLength = _reader.BodyLength,
        IsStored = _sink is not null,
        Trailers = _trailers,
        Tolerated = _reader.Tolerated,
        KeepAlive = _reader.KeepAlive,
    };

    /// <summary>Sends and reads.</summary>
    /// <param name="head">The octets of the head.</param>
    /// <param name="body">The octets of the body, framed.</param>
    /// <param name="waitsForContinue">The head says "Expect: 100-continue".</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public async Task RunAsync(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body, bool waitsForContinue, CancellationToken cancellation)
    {
        _start = host.Time.GetTimestamp();
        using var idle = new CancellationTokenSource(options.IdleTimeout, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellation);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<ByteStreamStatus>? writing = null;
        try
        {
            if (waitsForContinue)
            {
                await stream.WriteAsync(head, either.Token);
                await WaitForContinueAsync(idle, either.Token);
                _bodyWithheld = IsOver || _reader.Head is not null;
                writing = _bodyWithheld ? Task.FromResult(ByteStreamStatus.Ok) : WriteAsync(body, sending.Token);
            }
            else
            {
                writing = WriteAsync(body.IsEmpty ? head : (byte[])[.. head.Span, .. body.Span], sending.Token);
            }

            while (!IsOver) await ReadOnceAsync(idle, writing, either.Token);
            CanGoOn = Failure is null && _reader.KeepAlive && !_hasSurplus && writing.IsCompletedSuccessfully && !_bodyWithheld;
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            Failure = new HttpFailure(HttpFailureKind.TimedOut, NothingCame
                ? FormattableString.Invariant($"no answer within {options.IdleTimeout.TotalSeconds:0.###} s of the request")
                : FormattableString.Invariant($"nothing more came for {options.IdleTimeout.TotalSeconds:0.###} s"));
        }
        finally
        {
            if (_firstAt != 0) Transfer = host.Time.GetElapsedTime(_firstAt);

            // What the server did not want to read need not be sent.
            Abandon(sending, writing);
            if (writing is not null) await SettleAsync(writing);
        }
    }

    public void OnHead(HttpResponseHead head)
    {
        if (head.IsInformational && head.Status != 101) _informational.Add(head);
        else _sink = sinkFor?.Invoke(head);
    }

    public void OnBody(ReadOnlySpan<byte> bytes)
    {
        // With a sink, what is held is one read's worth: it is emptied after each.
        var room = _sink is null ? options.MaximumBody - _body.WrittenCount : (options.MaximumStored ?? long.MaxValue) - _stored;
        _stored += bytes.Length;
        _isTooLarge |= bytes.Length > room;
        _body.Write(bytes[..(int)Math.Clamp(room, 0, bytes.Length)]);
    }

    public void OnTrailers(HttpFields trailers) => _trailers = trailers;

    public void OnComplete()
    {
        // The reader's state says so.
    }

    private bool WasContinued => _informational.Exists(static head => head.Status == 100);

    private bool IsOver => Failure is not null || _reader.State == HttpReadState.Complete;

    private async Task<ByteStreamStatus> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => await stream.WriteAsync(bytes, cancellation);

    private async Task WaitForContinueAsync(CancellationTokenSource idle, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(ContinueTimeout, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            while (!IsOver && !WasContinued && _reader.Head is null) await ReadOnceAsync(idle, null, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // The server does not know of it: the body is sent all the same.
        }
    }

    private async Task ReadOnceAsync(CancellationTokenSource idle, Task<ByteStreamStatus>? writing, CancellationToken cancellation)
    {
        var (status, count) = await stream.ReadAsync(_buffer, cancellation);
        if (status != ByteStreamStatus.Ok)
        {
            End(status, writing);
            return;
        }

        idle.CancelAfter(options.IdleTimeout);
        if (_firstAt == 0) _firstAt = host.Time.GetTimestamp();
        _receivedLength += count;
        _received.Write(_buffer.AsSpan(0, Math.Min(count, MaximumReceived - _received.WrittenCount)));
        var consumed = _reader.Read(_buffer.AsSpan(0, count), this);

        // RFC 9112 §9.2: what follows a response that was not asked for belongs to no request; the connection is not used again.
        _hasSurplus |= consumed < count;
        if (_reader.Error is { } error) Failure = new HttpFailure(HttpFailureKind.Malformed, FormattableString.Invariant($"{error.Detail}, at offset {error.Offset}"));
        else if (_isTooLarge) Failure = new HttpFailure(HttpFailureKind.TooLarge, FormattableString.Invariant($"the body is larger than {(_sink is null ? options.MaximumBody : options.MaximumStored)} octets"));
        if (_sink is { } sink && _body.WrittenCount > 0) await StoreAsync(sink, idle, cancellation);
    }

    private async Task StoreAsync(IHttpBodySink sink, CancellationTokenSource idle, CancellationToken cancellation)
    {
        // A slow disk or pipe is no silent server.
        idle.CancelAfter(Timeout.InfiniteTimeSpan);
        var why = await sink.WriteAsync(_body.WrittenMemory, cancellation);
        _body.ResetWrittenCount();
        if (why is not null) Failure ??= new HttpFailure(HttpFailureKind.NotStored, why);
        idle.CancelAfter(options.IdleTimeout);
    }

    private void End(ByteStreamStatus status, Task<ByteStreamStatus>? writing)
    {
        if (HttpEnding.IsOrderly(_reader, status)) _reader.End(this);
        if (_reader.State == HttpReadState.Complete) return;
        var how = status switch
        {
            ByteStreamStatus.Reset => "the peer reset the connection",
            ByteStreamStatus.Alert => "the peer sent a TLS alert",
            ByteStreamStatus.Failed => "the connection failed",
            _ => "the peer closed the connection",
        };
        var when = NothingCame ? "before it answered" : _reader.Head is null ? "inside the head" : _reader.ExpectedLength is { } length
            ? FormattableString.Invariant($"after {_reader.BodyLength} of {length} octets of the body")
            : FormattableString.Invariant($"after {_reader.BodyLength} octets of the body, before its end");
        var also = writing is { IsCompletedSuccessfully: true, Result: not ByteStreamStatus.Ok } ? "; it had not taken the whole request" : "";
        Failure = new HttpFailure(HttpFailureKind.Truncated, $"{how} {when}{also}");
    }

    private static void Abandon(CancellationTokenSource sending, Task? writing)
    {
        if (writing is { IsCompleted: false }) sending.Cancel();
    }

    private static async Task SettleAsync(Task<ByteStreamStatus> writing)
    {
        try
        {
            await writing;
        }
        catch (OperationCanceledException)
        {
            // Cancelled just above.
        }
    }
}
