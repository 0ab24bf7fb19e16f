namespace Fathom.Probes.Internet.Sweep;

/// <summary>
/// How many requests may be on the way before answers have come. Where all answer, answers clock requests out, and no queue on the way
/// overflows; where hardly any does, it opens, and silence is not waited for.
/// </summary>
internal sealed class SweepWindow
{
    // Replies of 128 fit into the smallest default receive buffer, and twice as many packets into every queue on the way.
    private const int Smallest = 128;

    // Requests that a queue of Linux's usual 1,000 packets takes.
    private const int Largest = 1024;

    // Of a full window fewer than an eighth answered: the prefix is sparse there.
    private const int Sparse = 8;

    private int _limit = Smallest;
    private int _sent;
    private int _answered;

    /// <summary>How long a full window waits for the next answer. A busy machine's kernel comes to its queues some milliseconds late, and overflows if it is not waited for.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromMilliseconds(5);

    /// <summary>No more may leave now.</summary>
    internal bool IsFull => _sent - _answered >= _limit;

    internal void Sent(int count) => _sent += count;

    internal void Answered(int count)
    {
        _answered += count;
        // Answers of requests that were given up for slow: they are not on the way twice.
        if (_answered > _sent) (_sent, _answered) = (0, 0);
        if (_answered > _sent / 2) _limit = Smallest;
    }

    /// <summary>Nothing came in time: what is on the way counts no more.</summary>
    internal void GiveUp()
    {
        if (_answered < _sent / Sparse) _limit = Math.Min(2 * _limit, Largest);
        (_sent, _answered) = (0, 0);
    }
}
