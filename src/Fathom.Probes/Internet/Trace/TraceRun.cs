using Fathom.Hosts;
using Fathom.Probes.Internet.Path;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Trace;

/// <summary>One trace while it runs.</summary>
internal sealed class TraceRun
{
    /// <summary>Ethernet's MTU, for hosts that do not tell theirs.</summary>
    public const int UsualMtu = 1500;

    // Most paths of the Internet have fewer hops: one window, one round trip.
    private const int Window = 16;

    // Waiting: three times the slowest answer, as a router that makes an ICMP message takes longer than one that forwards; not less than a
    // busy one needs; and with no answer at all RFC 6298 §2.1's second.
    private const int PatienceFactor = 3;
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BlindPatience = TimeSpan.FromSeconds(1);

    // Answers come in bursts; the eye wants to see them settle, not each. Whoever looks never holds up whoever reads.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    // Silent hops shown after the last answer: enough to see that it goes on, not thirty lines of nothing.
    private const int ShownSilence = 3;

    private readonly INetworkHost _host;
    private readonly IpAddress _destination;
    private readonly IHopProber _prober;
    private readonly TraceOptions _options;
    private readonly Action<TraceOutcome>? _observer;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, List<Sample>> _hops = [];
    private readonly List<Task> _tasks = [];
    private readonly long _start;
    private TaskCompletionSource _changed = new();
    private double _slowest;
    private long _changedAt;
    private long _firstSentAt;
    private int _end = int.MaxValue;
    private bool _over;
    private bool _answersBeyond;

    public TraceRun(INetworkHost host, IpAddress destination, IHopProber prober, TraceOptions options, Action<TraceOutcome>? observer)
    {
        _host = host;
        _destination = destination;
        _prober = prober;
        _options = options;
        _observer = observer;
        _start = _changedAt = _firstSentAt = host.Time.GetTimestamp();
    }

    /// <summary>How long to wait for what has not answered.</summary>
    /// <param name="slowest">The slowest answer so far, in milliseconds; 0 for none.</param>
    /// <param name="most">The longest wait.</param>
    public static TimeSpan Patience(double slowest, TimeSpan most)
    {
        var patience = slowest > 0 ? TimeSpan.FromMilliseconds(PatienceFactor * slowest) : BlindPatience;
        return patience > most ? most : patience < LeastPatience && LeastPatience < most ? LeastPatience : patience;
    }

    public async Task<TraceOutcome> RunAsync(CancellationToken cancellation)
    {
        using var finish = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = _observer is null ? Task.CompletedTask : ObserveAsync(_observer, finish.Token);
        try
        {
            await DiscoverAsync(finish.Token);
            await SampleAsync(finish.Token);
            if (!IsReached && FirstRefusal == int.MaxValue && !HasLocalError) await TryDestinationAsync(finish.Token);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is known by now is the outcome.
        }

        finish.Cancel();
        await Task.WhenAll(_tasks);
        await watching;
        lock (_gate)
        {
            _over = true;
            return Snapshot(cancellation.IsCancellationRequested);
        }
    }

    private bool IsReached
    {
        get
        {
            lock (_gate) return _answersBeyond || _hops.Values.Any(static h => h.Exists(static s => s.Hop is { IsDestination: true }));
        }
    }

    private int FirstRefusal
    {
        get
        {
            lock (_gate) return _hops.Where(static h => new TraceHop(1, 0, [.. h.Value.Select(static s => s.Hop).OfType<PathHop>()]).Refusal is not null).Select(static h => h.Key).DefaultIfEmpty(int.MaxValue).Min();
        }
    }

    // No route, not permitted: the host's own word about the first probe is its word about all.
    private bool HasLocalError
    {
        get
        {
            lock (_gate) return _hops.TryGetValue(_options.FirstHop, out var first) && first.Exists(static s => s.Hop is { WasNotSent: true } or { Error.Origin: Hosts.Internet.NetworkErrorOrigin.Local });
        }
    }

    // The first samples of all hop limits, a window at a time, until one of them is the end.
    private async Task DiscoverAsync(CancellationToken token)
    {
        var first = SampleSchedule.First(_options.Samples);
        for (var from = _options.FirstHop; from <= _options.MaximumHops && from < _end; from += Window)
        {
            var to = Math.Min(from + Window - 1, _options.MaximumHops);

            // UDP: the destination's limit is spent from its own hop on, nearest first. Else each router is asked once before any is twice: in a
            // loop this shows the most turns.
            if (_prober is UdpFlowProber)
            {
                for (var limit = from; limit <= to; limit++) SendAll(limit, limit, first, token);
            }
            else
            {
                for (var sample = 0; sample < first; sample++) SendAll(from, to, 1, token);
            }

            // The schedule counts from here: a machine that was slow to send must not seem to have sent early.
            if (from == _options.FirstHop) _firstSentAt = _host.Time.GetTimestamp();
            await SettleAsync(token);

            // Or from the last answer: what was held up on the way (for want of a neighbor's address, by a queue) has reached its router by then, and
            // a second from now is a second there, too.
            lock (_gate) _firstSentAt = Math.Max(_firstSentAt, _changedAt);
            if (HasLocalError || LoopIsPlain()) return;
        }
    }

    private bool LoopIsPlain()
    {
        lock (_gate) return _end == int.MaxValue && Snapshot(false).Loop.Count > 0;
    }

    private async Task SampleAsync(CancellationToken token)
    {
        if (HasLocalError) return;
        var last = Math.Min(_end, LastWorthAsking());
        for (var sample = SampleSchedule.First(_options.Samples); sample < _options.Samples; sample++)
        {
            var wait = SampleSchedule.At(sample) - _host.Time.GetElapsedTime(_firstSentAt);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, _host.Time, token);
            SendAll(_options.FirstHop, Math.Min(last, _end), 1, token);
        }

        if (_options.Samples > SampleSchedule.First(_options.Samples)) await SettleAsync(token);
    }

    // Beyond the last answer there is nobody to ask, if the destination was not reached.
    private int LastWorthAsking()
    {
        lock (_gate) return _hops.Where(static h => h.Value.Exists(static s => s.Hop?.Address is not null)).Select(static h => h.Key).DefaultIfEmpty(0).Max() + 1;
    }

    // Packets seem to stop. One more probe with the largest hop limit, after the time in which a limit on ICMP errors refills, tells whether the
    // destination is there all the same.
    private async Task TryDestinationAsync(CancellationToken token)
    {
        var wait = SampleSchedule.At(Math.Max(_options.Samples, 6)) - _host.Time.GetElapsedTime(_firstSentAt);
        if (wait > TimeSpan.Zero && _prober is UdpFlowProber) await Task.Delay(wait, _host.Time, token);
        var hop = await _prober.ProbeAsync(new HopQuestion(byte.MaxValue), Patience(_slowest, _options.Wait), token);
        if (!hop.IsDestination) return;
        lock (_gate)
        {
            _answersBeyond = true;
            Notify();
        }
    }

    private async Task ObserveAsync(Action<TraceOutcome> observer, CancellationToken token)
    {
        try
        {
            while (true)
            {
                Task changed;
                TraceOutcome known;
                // What is under way is not lost yet.
                lock (_gate) (changed, known) = (HostTasks.Follow(_changed.Task), Snapshot(true) with { WasInterrupted = false });
                observer(known);
                await changed.WaitAsync(token);
                await Task.Delay(BetweenLooks, _host.Time, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The trace is over, and its outcome is what is shown last.
        }
    }

    private void SendAll(int from, int to, int samples, CancellationToken token)
    {
        for (var limit = from; limit <= to; limit++)
        {
            for (var i = 0; i < samples; i++) Send(limit, token);
        }
    }

    private void Send(int limit, CancellationToken token)
    {
        var sample = new Sample { SentAt = _host.Time.GetTimestamp() };
        lock (_gate)
        {
            if (!_hops.TryGetValue(limit, out var samples)) _hops[limit] = samples = [];
            samples.Add(sample);
        }

        _tasks.Add(AskAsync(limit, sample, token));
    }

    private async Task AskAsync(int limit, Sample sample, CancellationToken token)
    {
        PathHop? hop = null;
        try
        {
            hop = await _prober.ProbeAsync(new HopQuestion((byte)limit), _options.Wait, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Enough is known: what has not answered by now is silent.
        }

        lock (_gate)
        {
            if (_over) return;
            sample.IsOver = true;
            if (hop is null || (hop.Address is null && hop.Error is null && !hop.WasNotSent)) return;
            sample.Hop = hop;
            _slowest = Math.Max(_slowest, hop.RoundTrip?.TotalMilliseconds ?? 0);
            if (hop.IsDestination || new TraceHop(1, 1, [hop]).Refusal is not null) _end = Math.Min(_end, limit);
            Notify();
        }
    }

    // Until every probe up to the end has answered, or the patience with the last one sent is over.
    private async Task SettleAsync(CancellationToken token)
    {
        var awake = _host.Time.GetTimestamp();
        while (true)
        {
            Task changed;
            TimeSpan left;
            lock (_gate)
            {
                var open = _hops.Where(h => h.Key <= _end).SelectMany(static h => h.Value).Where(static s => s.Hop is null && !s.IsOver).ToArray();
                if (open.Length == 0) return;
                left = Patience(_slowest, _options.Wait) - _host.Time.GetElapsedTime(open.Max(static s => s.SentAt));

                // On a busy machine answers may have arrived that nobody has read yet: while they come, and after a wait that ended late, no one is given up.
                var quiet = Punctuality.Backlog - _host.Time.GetElapsedTime(Math.Max(_changedAt, awake));
                if (left < quiet) left = quiet;
                changed = HostTasks.Follow(_changed.Task);
            }

            if (left <= TimeSpan.Zero) return;
            if (await Punctuality.WaitAsync(_host.Time, left, changed, token)) awake = _host.Time.GetTimestamp();
        }
    }

    private void Notify()
    {
        _changedAt = _host.Time.GetTimestamp();
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }

    private TraceOutcome Snapshot(bool interrupted)
    {
        var hops = new List<TraceHop>();
        foreach (var (limit, samples) in _hops)
        {
            if (limit > _end) break;

            // Whoever interrupts did not wait for what is under way.
            var sent = interrupted ? samples.Count(s => s.Hop is not null || _host.Time.GetElapsedTime(s.SentAt) > Patience(_slowest, _options.Wait)) : samples.Count;
            hops.Add(new TraceHop((byte)limit, sent, [.. samples.Select(static s => s.Hop).OfType<PathHop>()]));
        }

        if (_end == int.MaxValue)
        {
            var keep = hops.FindLastIndex(static h => h.Answers.Count > 0) + 1 + ShownSilence;
            if (keep < hops.Count) hops.RemoveRange(keep, hops.Count - keep);
        }

        return new TraceOutcome(_destination, _prober.Method, _prober.Flow, hops, _host.Time.GetElapsedTime(_start), interrupted) { AnswersBeyond = _answersBeyond };
    }

    private sealed class Sample
    {
        public long SentAt { get; init; }

        public PathHop? Hop { get; set; }

        public bool IsOver { get; set; }
    }
}
