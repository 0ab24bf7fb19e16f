namespace Fathom.Probes.Internet.Ping;

/// <summary>The figures of a series of echo requests. One writer; reading is safe once the series has ended.</summary>
public sealed class PingStatistics
{
    // A request a second for eleven days. Beyond it percentiles speak of the last million replies.
    private const int MaximumKept = 1_000_000;

    private readonly List<double> _kept = [];
    private int _next;
    private double _sum;
    private double _sumOfSquares;
    private double _sumOfDifferences;
    private double? _previous;
    private double _jitter;

    /// <summary>Requests that were sent and whose answers could be waited for.</summary>
    public long Sent { get; private set; }

    /// <summary>Requests that were answered, late ones among them; each once.</summary>
    public long Received { get; private set; }

    /// <summary>Further replies to requests that had one.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Requests for which an ICMP error came, or that could not be sent.</summary>
    public long Errors { get; private set; }

    /// <summary>Replies that came after the wait.</summary>
    public long Late { get; private set; }

    /// <summary>Replies that came after the reply to a later request.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Replies whose data is not what was sent.</summary>
    public long Damaged { get; private set; }

    /// <summary>Requests without a reply.</summary>
    public long Lost => Sent - Received;

    /// <summary>The part without a reply, 0 to 1; 0 where nothing was sent.</summary>
    public double LossRate => Sent == 0 ? 0 : (double)Lost / Sent;

    /// <summary>What the true loss rate may be, with 95 % confidence.</summary>
    public RateInterval LossInterval => RateInterval.Wilson(Lost, Sent);

    /// <summary>The shortest round trip, in milliseconds; 0 without replies.</summary>
    public double Minimum { get; private set; }

    /// <summary>The mean round trip, in milliseconds.</summary>
    public double Mean => Received == 0 ? 0 : _sum / Received;

    /// <summary>The longest round trip, in milliseconds.</summary>
    public double Maximum { get; private set; }

    /// <summary>The standard deviation of round trips as ping(8) computes its "mdev", in milliseconds: the root of the mean square less the squared mean.</summary>
    public double Deviation => Received == 0 ? 0 : Math.Sqrt(Math.Max(0, (_sumOfSquares / Received) - (Mean * Mean)));

    /// <summary>The smoothed difference of successive round trips, in milliseconds: RFC 3550 §6.4.1, J += (|D| - J) / 16, from 0.</summary>
    public double Jitter => _jitter;

    /// <summary>The mean difference of successive round trips, in milliseconds; 0 with fewer than two.</summary>
    public double MeanDifference => Received < 2 ? 0 : _sumOfDifferences / (Received - 1);

    /// <summary>A request was sent.</summary>
    public void AddSent() => Sent++;

    /// <summary>A request that was under way when the series was interrupted: nobody waited for its answer.</summary>
    public void TakeBackSent() => Sent--;

    /// <summary>An error came instead of a reply.</summary>
    public void AddError() => Errors++;

    /// <summary>A reply came.</summary>
    /// <param name="reply">The reply.</param>
    public void Add(PingEvent.Answered reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.DamagedAt is not null) Damaged++;
        if (reply.IsDuplicate)
        {
            Duplicates++;
            return;
        }

        if (reply.IsLate) Late++;
        if (reply.IsOutOfOrder) OutOfOrder++;
        var time = reply.RoundTrip.TotalMilliseconds;
        Minimum = Received == 0 ? time : Math.Min(Minimum, time);
        Maximum = Math.Max(Maximum, time);
        Received++;
        _sum += time;
        _sumOfSquares += time * time;
        if (_previous is { } previous)
        {
            var difference = Math.Abs(time - previous);
            _sumOfDifferences += difference;
            _jitter += (difference - _jitter) / 16;
        }

        _previous = time;
        if (_kept.Count < MaximumKept) _kept.Add(time);
        else _kept[_next++ % MaximumKept] = time;
    }

    /// <summary>The round trip that this part of the replies does not exceed, in milliseconds (nearest rank); 0 without replies.</summary>
    /// <param name="part">0 to 1: 0.5 for the median.</param>
    public double Percentile(double part)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, 1);
        if (_kept.Count == 0) return 0;
        var sorted = _kept.ToArray();
        Array.Sort(sorted);
        return sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
