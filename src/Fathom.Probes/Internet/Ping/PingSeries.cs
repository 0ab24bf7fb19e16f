using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Ping;

/// <summary>
/// Echo requests at an interval, and what comes back for each: replies (late, duplicate, out of order, damaged), ICMP errors with
/// their sender, or nothing. RFC 792, RFC 4443 §4.
/// </summary>
public sealed class PingSeries
{
    private readonly INetworkHost _host;
    private readonly IEchoSocket _socket;
    private readonly IpAddress _destination;
    private readonly PingOptions _options;
    private readonly IReadOnlyCollection<IpAddress> _own;
    private readonly Action<PingEvent>? _observer;
    private readonly byte[] _data;
    private readonly Lock _gate = new();

    // By sequence number: 65,536 entries at most, the oldest being overwritten.
    private readonly Dictionary<ushort, Request> _requests = [];
    private readonly Queue<Request> _waiting = new();
    private readonly PingStatistics _statistics = new();
    private TaskCompletionSource _changed = new();
    private long _highest;
    private int _open;
    private PingEvent.Failed? _lastError;
    private PingEvent.Answered? _lastReply;

    private PingSeries(INetworkHost host, IEchoSocket socket, IpAddress destination, PingOptions options, IReadOnlyCollection<IpAddress> own, Action<PingEvent>? observer)
    {
        _host = host;
        _socket = socket;
        _destination = destination;
        _options = options;
        _own = own;
        _observer = observer;
        _data = MakeData(options);
    }

    /// <summary>Sends the series and waits for its end.</summary>
    /// <param name="host">The host.</param>
    /// <param name="destination">Where the requests go.</param>
    /// <param name="options">How many, how often, how large.</param>
    /// <param name="observer">Told of each event as it happens, one at a time; or null.</param>
    /// <param name="cancellation">Ends the series; the report then tells what is known.</param>
    /// <returns>The report, or why the host cannot send echo requests.</returns>
    public static async Task<HostResult<PingReport>> RunAsync(
        INetworkHost host, IpAddress destination, PingOptions options, Action<PingEvent>? observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Interval, PingOptions.ShortestInterval);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.DataLength, PingOptions.MaximumDataLength);
        try
        {
            var opened = await host.OpenEchoAsync(new EchoOptions(destination.Version) { Source = options.Source, Interface = options.Interface }, cancellation);
            if (!opened.TryGet(out var socket, out var refusal)) return refusal;
            await using (socket)
            {
                return await new PingSeries(host, socket, destination, options, await OwnAddresses.FindAsync(host, cancellation), observer).RunAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new PingReport(destination, EchoMethod.Datagram, new PingStatistics(), TimeSpan.Zero, true);
        }
    }

    private async Task<PingReport> RunAsync(CancellationToken cancellation)
    {
        var start = _host.Time.GetTimestamp();
        using var stop = new CancellationTokenSource();
        using var deadline = _options.Deadline is { } limit ? new CancellationTokenSource(limit, _host.Time) : new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var reader = ReadAsync(stop.Token);
        var watcher = WatchAsync(stop.Token);
        try
        {
            for (long number = 1; _options.Count is not { } count || number <= count; number++)
            {
                if (_options.IsAdaptive)
                {
                    if (number > 1) await SettledAsync(number - 1, ending.Token);
                }
                else
                {
                    var wait = ((number - 1) * _options.Interval) - _host.Time.GetElapsedTime(start);
                    if (wait > TimeSpan.Zero) await Task.Delay(wait, _host.Time, ending.Token);
                }

                ending.Token.ThrowIfCancellationRequested();
                if (_options.TellsOutstanding) TellOutstanding(number - 1);
                await SendAsync(number, ending.Token);
            }

            await LastAnswersAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The deadline, or the user: what is known by now is the result.
        }

        var interrupted = cancellation.IsCancellationRequested;
        stop.Cancel();
        await reader;
        await watcher;
        lock (_gate)
        {
            // Whoever interrupts did not wait for what was under way: it is neither answered nor lost.
            if (interrupted)
            {
                foreach (var request in _requests.Values.Where(static r => r is { IsSettled: false })) _statistics.TakeBackSent();
            }

            return new PingReport(_destination, _socket.Method, _statistics, _host.Time.GetElapsedTime(start), interrupted)
            {
                LastError = _lastError,
                HopLimit = _lastReply?.HopLimit,
                From = _lastReply?.From,
            };
        }
    }

    // Until the request before is settled or its interval is over; never closer than the shortest interval, for a reply may come in microseconds.
    private async Task SettledAsync(long number, CancellationToken cancellation)
    {
        await Task.Delay(PingOptions.ShortestInterval, _host.Time, cancellation);
        var rest = _options.Interval - PingOptions.ShortestInterval;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var delay = Task.Delay(rest, _host.Time, over.Token);
        while (!delay.IsCompleted)
        {
            Task changed;
            lock (_gate)
            {
                // Older ones may still be waited for: they were given their interval.
                if (!_requests.TryGetValue((ushort)number, out var last) || last.IsSettled) break;
                changed = HostTasks.Follow(_changed.Task);
            }

            await Task.WhenAny(changed, delay);
        }

        over.Cancel();
    }

    private void TellOutstanding(long number)
    {
        lock (_gate)
        {
            if (number > 0 && _requests.TryGetValue((ushort)number, out var request) && request is { IsSettled: false }) _observer?.Invoke(new PingEvent.Outstanding(number));
        }
    }

    private async Task SendAsync(long number, CancellationToken cancellation)
    {
        var request = new Request(number) { SentAt = _host.Time.GetTimestamp() };
        var sequence = (ushort)number;
        lock (_gate)
        {
            if (_requests.TryGetValue(sequence, out var old) && !old.IsSettled) Settle(old);
            _requests[sequence] = request;
            _waiting.Enqueue(request);
            _statistics.AddSent();
            _open++;
            Notify();
        }

        var error = await _socket.SendAsync(_destination, sequence, _data, _options.Packet, cancellation);
        if (error is not null) OnError(request, error);
    }

    // As ping(8) does: twice the longest round trip so far, at least an interval; with no reply at all, the whole wait.
    private async Task LastAnswersAsync(CancellationToken cancellation)
    {
        var since = _host.Time.GetTimestamp();
        var wasLate = false;
        while (true)
        {
            Task changed;
            TimeSpan left;
            lock (_gate)
            {
                if (_open == 0) return;
                var patience = _options.Wait;
                if (_statistics.Received > 0)
                {
                    var usual = TimeSpan.FromMilliseconds(Math.Max(2 * _statistics.Maximum, _options.Interval.TotalMilliseconds));
                    if (usual < patience) patience = usual;
                }

                left = patience - _host.Time.GetElapsedTime(since);
                if (wasLate && left < Punctuality.Backlog) left = Punctuality.Backlog;
                changed = HostTasks.Follow(_changed.Task);
            }

            if (left <= TimeSpan.Zero) break;
            wasLate = await Punctuality.WaitAsync(_host.Time, left, changed, cancellation);
        }

        lock (_gate)
        {
            while (_waiting.TryDequeue(out var request))
            {
                if (!request.IsSettled) TimeOut(request);
            }
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                switch (await _socket.ReceiveAsync(stop))
                {
                    case EchoEvent.Reply reply:
                        OnReply(reply);
                        break;
                    case EchoEvent.Failed { Sequence: { } sequence, Error: var error }:
                        Request? request;
                        lock (_gate) _requests.TryGetValue(sequence, out request);
                        if (request is not null) OnError(request, error);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The series is over.
        }
    }

    // Says of each request that its time is up, in the order of sending.
    private async Task WatchAsync(CancellationToken stop)
    {
        var wasLate = false;
        try
        {
            while (true)
            {
                Task? changed = null;
                var left = TimeSpan.Zero;
                lock (_gate)
                {
                    while (_waiting.TryPeek(out var settled) && settled.IsSettled) _waiting.Dequeue();
                    if (!_waiting.TryPeek(out var first)) changed = HostTasks.Follow(_changed.Task);
                    else if ((left = _options.Wait - _host.Time.GetElapsedTime(first.SentAt)) <= TimeSpan.Zero)
                    {
                        if (wasLate) left = Punctuality.Backlog;
                        else TimeOut(_waiting.Dequeue());
                    }
                }

                wasLate = false;
                if (changed is not null)
                {
                    await changed.WaitAsync(stop);
                }
                else if (left > TimeSpan.Zero)
                {
                    wasLate = await Punctuality.WaitAsync(_host.Time, left, null, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The series is over.
        }
    }

    private void OnReply(EchoEvent.Reply reply)
    {
        lock (_gate)
        {
            // A reply to a number that was not sent is somebody's play: no request is answered by it.
            if (!_requests.TryGetValue(reply.Sequence, out var request)) return;
            var trip = _host.Time.GetElapsedTime(request.SentAt, reply.Timestamp);
            var answered = new PingEvent.Answered(request.Number, reply.From, trip < TimeSpan.Zero ? TimeSpan.Zero : trip, reply.HopLimit, reply.DataLength)
            {
                IsDuplicate = request.IsAnswered,
                IsLate = request.HasTimedOut || trip > _options.Wait,
                IsOutOfOrder = !request.IsAnswered && request.Number < _highest,
                DamagedAt = FindDamage(reply),
            };
            request.IsAnswered = true;
            _highest = Math.Max(_highest, request.Number);
            Settle(request);
            _statistics.Add(answered);
            _lastReply = answered;
            _observer?.Invoke(answered);
            Notify();
        }
    }

    private void OnError(Request request, NetworkError error)
    {
        lock (_gate)
        {
            if (request.IsSettled) return;
            Settle(request);
            _statistics.AddError();
            var after = _host.Time.GetElapsedTime(request.SentAt, error.Timestamp);
            _lastError = new PingEvent.Failed(request.Number, error, error.GetMeaning(_own), after < TimeSpan.Zero ? TimeSpan.Zero : after);
            _observer?.Invoke(_lastError);
            Notify();
        }
    }

    private void TimeOut(Request request)
    {
        request.HasTimedOut = true;
        Settle(request);
        _observer?.Invoke(new PingEvent.TimedOut(request.Number, _host.Time.GetElapsedTime(request.SentAt)));
        Notify();
    }

    private void Settle(Request request)
    {
        if (request.IsSettled) return;
        request.IsSettled = true;
        _open--;
    }

    private void Notify()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }

    private int? FindDamage(EchoEvent.Reply reply)
    {
        var data = reply.Data.Span;
        if (data.IsEmpty && reply.DataLength == _data.Length) return null; // the host does not give it
        var same = data.CommonPrefixLength(_data);
        return same == _data.Length && reply.DataLength == _data.Length ? null : same;
    }

    private static byte[] MakeData(PingOptions options)
    {
        var data = new byte[options.DataLength];
        for (var i = 0; i < data.Length; i++) data[i] = options.Pattern.IsEmpty ? (byte)i : options.Pattern.Span[i % options.Pattern.Length];
        return data;
    }

    private sealed class Request(long number)
    {
        public long Number => number;

        public long SentAt { get; init; }

        /// <summary>Answered, failed or timed out.</summary>
        public bool IsSettled { get; set; }

        public bool IsAnswered { get; set; }

        public bool HasTimedOut { get; set; }
    }
}
