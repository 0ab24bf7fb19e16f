using Fathom.Wire.Application;
using Fathom.Wire.Application.Http;

namespace Fathom.Probes.Application.Http;

/// <summary>
/// An HTTP/1.1 client on an <see cref="Fathom.Hosts.INetworkHost"/>: finds addresses, connects, does TLS, sends, reads, follows redirects and
/// repeats what may be repeated, and tells of every request what was sent, what came and how long it took. Connections are used
/// again. One request at a time.
/// </summary>
/// <param name="context">Host and evidence.</param>
/// <param name="options">How it works.</param>
public sealed class HttpAgent(ProbeContext context, HttpAgentOptions options) : IAsyncDisposable
{
    // Waits between attempts: doubled each time, as curl does.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    // A server that asks for more patience than this is left alone: its answer is the result.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, HttpConnection> _idle = new(StringComparer.Ordinal);

    // Of the journey under way.
    private Deadline? _deadline;

    /// <summary>Sends a request and follows it to its end. What the network does is in the journey; nothing is thrown for it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public async Task<HttpJourney> SendAsync(HttpAgentRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var hops = new List<HttpHop>();
        var start = context.Host.Time.GetTimestamp();
        using var deadline = new Deadline(context.Host.Time, options.TotalTimeout ?? Timeout.InfiniteTimeSpan, cancellation);
        _deadline = deadline;
        var journey = new Journey(request);
        while (true)
        {
            var hop = await OnceAsync(journey.Request with { Sink = SinkOf(journey.Request) }, hops, deadline.Token);
            var next = await DecideAsync(journey, hop, deadline.Token);
            hops.Add(next is null ? hop : hop with { Next = next });
            if (next is null) break;
        }

        // A redirect that could not be followed is the last hop's own failure.
        if (journey.Failure is { } wrong) hops[^1] = hops[^1] with { Failure = wrong };
        return new HttpJourney(hops) { Duration = context.Since(start) };
    }

    /// <summary>Closes the connections that are open.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _idle.Values) await connection.CloseAsync(context.Host.Time);
        _idle.Clear();
    }

    /// <summary>One request; on a connection that the server had closed meanwhile, once more on a new one.</summary>
    private async Task<HttpHop> OnceAsync(HttpAgentRequest request, List<HttpHop> hops, CancellationToken cancellation)
    {
        var hop = await ExchangeAsync(request, mayReuse: true, cancellation);

        // RFC 9112 §9.3.1: a request on an idle connection that brought nothing may be repeated when it is idempotent.
        if (!hop.Connection.Reused || hop.Failure?.Kind != HttpFailureKind.Truncated || hop.ReceivedLength > 0 || !HttpMethodRegistry.IsIdempotent(request.Method)) return hop;
        hops.Add(hop with { Next = "the server had closed the idle connection: once more on a new one" });
        return await ExchangeAsync(request, mayReuse: false, cancellation);
    }

    private async Task<HttpHop> ExchangeAsync(HttpAgentRequest request, bool mayReuse, CancellationToken cancellation)
    {
        var start = context.Host.Time.GetTimestamp();
        var target = request.Target;
        var proxy = options.Proxy(target);
        var head = HttpRequestAssembly.Head(request, options, context.Host.Time.GetUtcNow(), proxy);
        var hop = new HttpHop(target, head);
        if (!HttpRequestWriter.TryWrite(head, request.Body.Span, HttpFields.Empty, out var bytes, out var error)) return hop with { Failure = new HttpFailure(HttpFailureKind.BadRequest, error.Detail) };
        hop = hop with { RequestBytes = bytes };
        var key = target.ConnectionKey + " " + proxy?.Target.ConnectionKey;
        var phases = new HttpPhases();
        HttpConnection? connection = null;
        if (mayReuse && _idle.Remove(key, out var idle))
        {
            connection = idle;
            hop = hop with { Connection = new HttpConnectionReport { Reused = true, Proxy = proxy, Local = idle.Transport.Local, Remote = idle.Transport.Remote } };
        }
        else
        {
            var connector = new HttpConnector(context, options, target, proxy);
            HttpFailure? late = null;
            try
            {
                connection = await connector.OpenAsync(cancellation);
            }
            catch (OperationCanceledException) when (_deadline!.Passed)
            {
                late = TooLate();
            }

            phases = connector.Phases;
            hop = hop with { Connection = connector.Report, Failure = late ?? connector.Failure };
            if (connection is null) return hop with { Phases = phases with { Total = context.Since(start) } };
        }

        return await TalkAsync(hop, request.Sink, connection, key, phases, start, cancellation);
    }

    private async Task<HttpHop> TalkAsync(HttpHop hop, Func<HttpResponseHead, IHttpBodySink?>? sink, HttpConnection connection, string key, HttpPhases phases, long start, CancellationToken cancellation)
    {
        var conversation = new HttpConversation(context.Host, connection.Stream, hop.Request.Method, options, sink);
        var headLength = hop.RequestBytes.Span.IndexOf("\r\n\r\n"u8) + 4;
        var expects = string.Equals(hop.Request.Fields.First("Expect"), "100-continue", StringComparison.OrdinalIgnoreCase);
        var isKept = false;
        HttpFailure? late = null;
        try
        {
            await conversation.RunAsync(hop.RequestBytes[..headLength], hop.RequestBytes[headLength..], expects, cancellation);
            isKept = conversation.CanGoOn && options.KeepAlive;
            if (isKept) _idle[key] = connection;
        }
        catch (OperationCanceledException) when (_deadline!.Passed)
        {
            // What came until then is shown.
            late = TooLate();
        }
        finally
        {
            if (!isKept) await connection.CloseAsync(context.Host.Time);
        }

        var answer = conversation.Answer;
        var failure = late ?? conversation.Failure;
        if (answer is not null)
        {
            var coding = hop.Request.Method == "HEAD" ? null : CodingOf(answer.Head);
            if (!answer.IsStored) answer = answer with { Content = HttpContentDecoder.Decode(coding, answer.Body, options.MaximumBody) };
            if (failure is null && answer.Content.Status is HttpDecodingStatus.TooLarge or HttpDecodingStatus.Malformed)
                failure = new HttpFailure(answer.Content.Status == HttpDecodingStatus.TooLarge ? HttpFailureKind.TooLarge : HttpFailureKind.Malformed, answer.Content.Detail);
            options.Cookies?.Accept(hop.Target, [.. answer.Head.Fields.All("Set-Cookie")], context.Host.Time.GetUtcNow());
        }

        var text = TextSanitizer.Escape($"{hop.Request.Method} {hop.Target}: {answer?.Head.ToString() ?? failure?.Detail ?? "no answer"}");
        return hop with
        {
            Answer = answer,
            Failure = failure,
            Received = conversation.Received,
            ReceivedLength = conversation.ReceivedLength,
            Phases = phases with { Wait = conversation.Wait, Transfer = conversation.Transfer, Total = context.Since(start) },
            Evidence = [context.Evidence.AddSocket(text), .. context.Packets.FindLast(connection.Transport.Local, connection.Transport.Remote)],
        };
    }

    /// <summary>Says why another request follows, having made it; null when this was the last.</summary>
    private async Task<string?> DecideAsync(Journey journey, HttpHop hop, CancellationToken cancellation)
    {
        if (hop.Failure is null && hop.Answer!.Head is { } head && IsRedirect(head) && head.Fields.First("Location") is { } location)
            return journey.Redirect(head.Status, location, options.MaximumRedirects);
        if (journey.Attempts >= options.Retries || !HttpMethodRegistry.IsIdempotent(hop.Request.Method)) return null;
        var mayPass = hop.Failure?.MayPass ?? (HttpStatusRegistry.TryFind(hop.Answer!.Head.Status, out var entry) && entry.Retry is HttpRetry.Later or HttpRetry.NewConnection);
        if (!mayPass) return null;
        var pause = FirstPause * Math.Pow(2, journey.Attempts);
        if (hop.Answer?.Head.Fields.First("Retry-After") is { } after && !TryReadRetryAfter(after, out pause)) pause = FirstPause;
        if (pause > LongestPause) return null;
        journey.Attempts++;
        try
        {
            await Task.Delay(pause, context.Host.Time, cancellation);
        }
        catch (OperationCanceledException) when (_deadline!.Passed)
        {
            return null; // the last answer is the result
        }

        var what = hop.Failure is null ? FormattableString.Invariant($"{hop.Answer!.Head.Status} may pass") : "it may pass";
        return FormattableString.Invariant($"{what}: {hop.Request.Method} is idempotent, attempt {journey.Attempts + 1} after {pause.TotalSeconds:0.###} s");
    }

    // A redirect's body is shown to nobody, and one to be decoded is decoded whole.
    private Func<HttpResponseHead, IHttpBodySink?>? SinkOf(HttpAgentRequest request)
        => request.Sink is not { } sink ? null : head => CodingOf(head) is not null || IsRedirect(head) ? null : sink(head);

    private bool IsRedirect(HttpResponseHead head) => options.FollowRedirects && HttpRedirect.IsFollowed(head.Status) && head.Fields.Contains("Location");

    private string? CodingOf(HttpResponseHead head) => options.Compressed ? head.Fields.Combined("Content-Encoding") : null;

    private HttpFailure TooLate() => new(HttpFailureKind.TimedOut, FormattableString.Invariant($"not done within {options.TotalTimeout!.Value.TotalSeconds:0.###} s"));

    // RFC 9110 §10.2.3: seconds, or a date.
    private bool TryReadRetryAfter(string text, out TimeSpan pause)
    {
        pause = default;
        if (uint.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds))
        {
            pause = TimeSpan.FromSeconds(seconds);
            return true;
        }

        if (!DateTimeOffset.TryParseExact(text, "r", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var date)) return false;
        pause = date - context.Host.Time.GetUtcNow();
        if (pause < TimeSpan.Zero) pause = TimeSpan.Zero;
        return true;
    }

    /// <summary>The request as it changes on its way.</summary>
    private sealed class Journey(HttpAgentRequest request)
    {
        private int _redirects;

        public HttpAgentRequest Request { get; private set; } = request;

        public int Attempts { get; set; }

        public HttpFailure? Failure { get; private set; }

        public string? Redirect(int status, string location, int most)
        {
            if (++_redirects > most)
            {
                Failure = new HttpFailure(HttpFailureKind.BadRedirect, FormattableString.Invariant($"more than {most} redirects"));
                return null;
            }

            if (!Request.Target.TryResolve(location, out var target, out var reason))
            {
                Failure = new HttpFailure(HttpFailureKind.BadRedirect, $"the redirect leads nowhere: {reason}");
                return null;
            }

            var method = HttpRedirect.MethodAfter(status, Request.Method);
            var words = FormattableString.Invariant($"{status}: {method} {target}");
            if (method != Request.Method)
            {
                words += $" instead of {Request.Method}, without its body";
                Request = Request with { Body = default, Fields = Request.Fields.Without("Content-Type").Without("Content-Length").Without("Transfer-Encoding").Without("Content-Encoding").Without("Expect") };
            }

            if (target.Origin != Request.Target.Origin)
            {
                // RFC 9110 §15.4: what was meant for one origin is not for the next.
                if (Request.Credentials is not null || Request.Fields.Contains("Authorization") || Request.Fields.Contains("Cookie")) words += "; credentials stay behind";
                Request = Request with { Credentials = null, Fields = Request.Fields.Without("Authorization").Without("Cookie").Without("Host").Without("Proxy-Authorization") };
            }

            if (Request.Target.IsSecure && !target.IsSecure) words += "; from here on in the clear";
            Request = Request with { Method = method, Target = target };
            return words;
        }
    }
}
