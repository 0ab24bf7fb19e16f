using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Sweep;

/// <summary>
/// Asks every address of a prefix for an echo. Requests leave in batches over a fixed number of sockets, and answers let the next ones go
/// (<see cref="SweepWindow"/>), so that none is lost for want of room on the way. Silent addresses are asked again.
/// </summary>
public sealed class SweepProbe
{
    // As many requests as one system call takes; their replies fit into the smallest receive buffer.
    private const int BatchSize = 64;

    // Two sockets keep two cores busy; the network's own path costs more than this program, and more gain nothing.
    private const int Lanes = 2;

    // Rounds beyond those asked for, each with at most half the addresses of the one before.
    private const int MaxExtraRounds = 6;

    // No moment of any clock.
    private const long NotSent = long.MinValue;

    // ENOBUFS: the queue of the interface, or of a neighbor that is being resolved, is full.
    private const int NoBuffers = 105;

    // A host whose queues are full has room again soon.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);

    // Three times the slowest answer seen, and never less than a busy machine needs to answer.
    private const int WaitFactor = 3;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);

    private readonly INetworkHost _host;
    private readonly IpPrefix _prefix;
    private readonly SweepOptions _options;
    private readonly UInt128 _first;
    private readonly int _count;
    private readonly long[] _sentAt;
    private readonly int[] _tripMicroseconds; // 0: no answer; else the round trip + 1
    private readonly byte[] _hopLimits;
    private readonly bool[] _unreachable;
    private readonly byte[] _token = new byte[8];
    private long _sent;
    private long _refused;
    private long _slowest;
    private int _alive;
    private NetworkError? _firstError;

    private SweepProbe(INetworkHost host, IpPrefix prefix, SweepOptions options)
    {
        _host = host;
        _prefix = prefix;
        _options = options;
        var bits = prefix.Address.BitLength - prefix.Length;
        // The first and last address of an IPv4 network are not hosts' (RFC 1122 §3.2.1.3), but for /31 (RFC 3021) and /32.
        var hasEnds = prefix.Address.IsV4 && bits >= 2;
        _first = prefix.Address.Value + (hasEnds ? 1u : 0u);
        _count = (int)(((UInt128)1 << bits) - (hasEnds ? 2u : 0u));
        _sentAt = new long[_count];
        Array.Fill(_sentAt, NotSent);
        _tripMicroseconds = new int[_count];
        _hopLimits = new byte[_count];
        _unreachable = new bool[_count];
        host.Random.Fill(_token);
    }

    /// <summary>How many addresses a sweep of the prefix asks; more than <see cref="SweepOptions.MaximumAddresses"/> cannot be swept.</summary>
    /// <param name="prefix">The prefix.</param>
    public static UInt128 CountOf(IpPrefix prefix)
    {
        var bits = prefix.Address.BitLength - prefix.Length;
        return bits >= 128 ? UInt128.MaxValue : ((UInt128)1 << bits) - (prefix.Address.IsV4 && bits >= 2 ? 2u : 0u);
    }

    /// <summary>Sweeps.</summary>
    /// <param name="host">The host.</param>
    /// <param name="prefix">The prefix, with at most <see cref="SweepOptions.MaximumAddresses"/> addresses.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the sweep; the report then tells what is known.</param>
    /// <returns>The report, or why the host cannot send echo requests.</returns>
    public static async Task<HostResult<SweepReport>> RunAsync(INetworkHost host, IpPrefix prefix, SweepOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(options);
        if (CountOf(prefix) > SweepOptions.MaximumAddresses) throw new ArgumentOutOfRangeException(nameof(prefix), $"{prefix} has more than {SweepOptions.MaximumAddresses} addresses.");
        var sockets = new List<IEchoSocket>();
        try
        {
            var probe = new SweepProbe(host, prefix, options);
            for (var lane = 0; lane < Math.Min(Lanes, (probe._count + BatchSize - 1) / BatchSize); lane++)
            {
                var opened = await host.OpenEchoAsync(new EchoOptions(prefix.Address.Version), CancellationToken.None);
                if (opened.TryGet(out var socket, out var refusal)) sockets.Add(socket);
                else if (lane == 0) return refusal;
            }

            return await probe.RunAsync(sockets, cancellation);
        }
        finally
        {
            foreach (var socket in sockets) await socket.DisposeAsync();
        }
    }

    private async Task<SweepReport> RunAsync(List<IEchoSocket> sockets, CancellationToken cancellation)
    {
        var start = _host.Time.GetTimestamp();
        var share = (_count + sockets.Count - 1) / sockets.Count;
        var lanes = sockets.Select((socket, i) => LaneAsync(socket, i * share, Math.Min((i + 1) * share, _count), start, cancellation));
        await Task.WhenAll(lanes);
        var alive = new List<SweepAnswer>(_alive);
        var (asked, unreachable) = (0, 0);
        for (var i = 0; i < _count; i++)
        {
            if (_sentAt[i] != NotSent) asked++;
            if (_tripMicroseconds[i] > 0) alive.Add(new SweepAnswer(AddressOf(i), TimeSpan.FromMicroseconds(_tripMicroseconds[i] - 1), _hopLimits[i] > 0 ? _hopLimits[i] : null));
            else if (_unreachable[i]) unreachable++;
        }

        return new SweepReport(_prefix, sockets[0].Method, asked, alive, _sent, _refused, unreachable, _host.Time.GetElapsedTime(start), cancellation.IsCancellationRequested)
        {
            FirstError = _firstError,
        };
    }

    private async Task LaneAsync(IEchoSocket socket, int first, int end, long start, CancellationToken cancellation)
    {
        await Task.Yield(); // lanes run beside one another where the host has several threads
        var events = new EchoEvent[2 * BatchSize];
        var requests = new EchoRequest[BatchSize];
        var missing = new List<int>(end - first);
        for (var i = first; i < end; i++) missing.Add(i);
        try
        {
            var last = _options.Retries;
            for (var round = 0; round <= last && missing.Count > 0; round++)
            {
                var asked = missing.Count;
                await SendRoundAsync(socket, missing, requests, events, start, cancellation);
                await WaitAsync(socket, missing, events, cancellation);
                missing.RemoveAll(i => _tripMicroseconds[i] > 0);
                // Where half of those who were silent before answer now, queues on the way lost what the others said: they are asked again.
                var isLossy = round > 0 && missing.Count > 0 && missing.Count <= asked / 2;
                if (isLossy && last < _options.Retries + MaxExtraRounds) last = Math.Max(last, round + 1);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What answered by now is the result.
        }
    }

    private async Task SendRoundAsync(IEchoSocket socket, List<int> indexes, EchoRequest[] requests, EchoEvent[] events, long start, CancellationToken cancellation)
    {
        var window = new SweepWindow();
        for (var next = 0; next < indexes.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_options.Rate is { } rate) await PaceAsync(rate, start, cancellation);
            var count = Math.Min(BatchSize, indexes.Count - next);
            var now = _host.Time.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                var index = indexes[next + i];
                requests[i] = new EchoRequest(AddressOf(index), (ushort)index);
                _sentAt[index] = now;
            }

            var result = await socket.SendManyAsync(requests.AsMemory(0, count), _token, default, cancellation);
            Interlocked.Add(ref _sent, result.Sent);
            window.Sent(result.Sent);
            next += result.Sent;
            if (result.Error is { } error)
            {
                Interlocked.Increment(ref _refused);
                _firstError ??= error;
                if (error.SystemError is NoBuffers) await Task.Delay(Breath, _host.Time, cancellation);
                next++;
            }

            int received;
            do
            {
                received = await socket.ReceiveManyAsync(events, wait: false, cancellation);
                Take(events.AsSpan(0, received));
                window.Answered(received);
            }
            while (received >= BatchSize);
            while (window.IsFull)
            {
                received = await ReceiveAsync(socket, events, SweepWindow.Patience, cancellation);
                if (received > 0) window.Answered(received);
                else window.GiveUp();
            }
        }
    }

    private async Task PaceAsync(int rate, long start, CancellationToken cancellation)
    {
        var due = TimeSpan.FromSeconds((double)Interlocked.Read(ref _sent) / rate);
        var early = due - _host.Time.GetElapsedTime(start);
        if (early > TimeSpan.Zero) await Task.Delay(early, _host.Time, cancellation);
    }

    // Ends when all have answered, or when the time for the slowest is over.
    private async Task WaitAsync(IEchoSocket socket, List<int> indexes, EchoEvent[] events, CancellationToken cancellation)
    {
        var since = _host.Time.GetTimestamp();
        while (indexes.Exists(i => _tripMicroseconds[i] == 0))
        {
            var slowest = TimeSpan.FromMicroseconds(Interlocked.Read(ref _slowest));
            var patience = slowest == TimeSpan.Zero ? _options.Wait : WaitFactor * slowest;
            if (patience < ShortestWait) patience = ShortestWait;
            if (patience > _options.Wait) patience = _options.Wait;
            var left = patience - _host.Time.GetElapsedTime(since);
            if (left <= TimeSpan.Zero || await ReceiveAsync(socket, events, left, cancellation) == 0) return;
        }
    }

    // 0: nothing came in time.
    private async Task<int> ReceiveAsync(IEchoSocket socket, EchoEvent[] events, TimeSpan patience, CancellationToken cancellation)
    {
        using var deadline = new Deadline(_host.Time, patience, cancellation);
        try
        {
            var received = await socket.ReceiveManyAsync(events, wait: true, deadline.Token);
            Take(events.AsSpan(0, received));
            return received;
        }
        catch (OperationCanceledException) when (deadline.Passed)
        {
            return 0;
        }
    }

    private void Take(ReadOnlySpan<EchoEvent> events)
    {
        foreach (var received in events)
        {
            switch (received)
            {
                case EchoEvent.Reply reply when reply.Data.IsEmpty || reply.Data.Span.SequenceEqual(_token):
                    if (IndexOf(reply.From, reply.Sequence) is { } index) Answer(index, reply);
                    break;
                case EchoEvent.Failed { Error: { Destination: { } destination } error, Sequence: { } sequence }:
                    _firstError ??= error;
                    if (IndexOf(destination.Address, sequence) is { } failed) _unreachable[failed] = true;
                    break;
            }
        }
    }

    private void Answer(int index, EchoEvent.Reply reply)
    {
        if (_tripMicroseconds[index] > 0) return;
        var trip = (long)_host.Time.GetElapsedTime(_sentAt[index], reply.Timestamp).TotalMicroseconds;
        trip = Math.Clamp(trip, 0, int.MaxValue - 1);
        _tripMicroseconds[index] = (int)trip + 1;
        _hopLimits[index] = reply.HopLimit ?? 0;
        Interlocked.Increment(ref _alive);
        if (trip > Interlocked.Read(ref _slowest)) Interlocked.Exchange(ref _slowest, trip);
    }

    private IpAddress AddressOf(int index) => _prefix.Address.IsV6
        ? IpAddress.FromV6(_first + (uint)index, _prefix.Address.Zone)
        : IpAddress.FromV4((uint)(_first + (uint)index));

    // An answer counts for the address it comes from, and only with the number that this address was sent.
    private int? IndexOf(IpAddress address, ushort sequence)
    {
        if (address.Version != _prefix.Address.Version || address.Value < _first) return null;
        var offset = address.Value - _first;
        return offset < (uint)_count && (ushort)offset == sequence ? (int)offset : null;
    }
}
