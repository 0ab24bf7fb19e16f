using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;

namespace Fathom.Services.Application.Dns;

/// <summary>
/// Questions that came to nothing just now, so that a zone without living servers is not asked again for every client that tries again (RFC 9520 §3.2: from a second up to five
/// minutes, longer from failure to failure). Bounded. Not safe for concurrent use.
/// </summary>
internal sealed class RememberedFailures(TimeProvider time)
{
    private const int Limit = 1000;

    // Half a minute at most, as a person waits who mends a zone and looks again.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<DnsQuestion, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _oldestFirst = new();

    /// <summary>The failure, while it is to be believed; else null.</summary>
    public IterativeOutcome.Failed? Find(DnsQuestion question)
        => _entries.TryGetValue(question, out var known) && time.GetElapsedTime(known.Value.At) < known.Value.Span ? known.Value.Outcome : null;

    /// <summary>Remembers one, for twice as long as the one before it.</summary>
    public void Add(DnsQuestion question, IterativeOutcome.Failed outcome)
    {
        var span = Shortest;
        if (_entries.TryGetValue(question, out var known))
        {
            span = known.Value.Span * 2 < Longest ? known.Value.Span * 2 : Longest;
            _oldestFirst.Remove(known);
        }
        else if (_entries.Count >= Limit)
        {
            Forget(_oldestFirst.First!.Value.Question);
        }

        _entries[question] = _oldestFirst.AddLast(new Entry(question, outcome, time.GetTimestamp(), span));
    }

    /// <summary>It has an answer again.</summary>
    public void Forget(DnsQuestion question)
    {
        if (_entries.Remove(question, out var known)) _oldestFirst.Remove(known);
    }

    private sealed record Entry(DnsQuestion Question, IterativeOutcome.Failed Outcome, long At, TimeSpan Span);
}
