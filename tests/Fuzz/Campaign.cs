using System.Diagnostics;

namespace Fuzz;

/// <summary>One target's campaign: inputs are changed, run, and kept if they reach something new.</summary>
internal sealed class Campaign(FuzzTarget target, CoverageMap map, int seed)
{
    // What takes this long for an input of a few hundred octets is a find like an exception.
    private static readonly TimeSpan SlowRun = TimeSpan.FromSeconds(1);

    private readonly List<byte[]> _queue = [];
    private readonly Mutator _mutator = new(seed);
    private readonly HashSet<string> _places = [];

    /// <summary>Runs so far.</summary>
    internal long Executions { get; private set; }

    /// <summary>The longest run.</summary>
    internal TimeSpan Slowest { get; private set; }

    /// <summary>Inputs that ended in an exception or took too long, one for each place.</summary>
    internal List<(byte[] Input, string What)> Finds { get; } = [];

    /// <summary>The inputs that reached something new, in the order in which they did.</summary>
    internal IReadOnlyList<byte[]> Queue => _queue;

    /// <summary>Runs the corpus and the seeds, then changes of them.</summary>
    internal void Run(IEnumerable<byte[]> corpus, long executions, CancellationToken stop)
    {
        // The first run of a method compiles it and runs static constructors: what it reaches then is reached once and never again.
        var inputs = target.Seeds.Concat(corpus).ToList();
        foreach (var input in inputs) Execute(input, keep: false);
        foreach (var input in inputs) Execute(input, keep: true);
        if (_queue.Count == 0) _queue.Add([]);
        while (Executions < executions && !stop.IsCancellationRequested)
        {
            // Half of the time a late one, which lies deeper.
            var at = _mutator.Next(2) == 0 ? _mutator.Next(_queue.Count) : _queue.Count - 1 - _mutator.Next(Math.Min(_queue.Count, 32));
            // Of two the shorter: it is run faster, and a change of it matters more.
            var rival = _mutator.Next(_queue.Count);
            var input = _queue[rival].Length < _queue[at].Length ? _queue[rival] : _queue[at];
            Execute(_mutator.Mutate(input, _queue[_mutator.Next(_queue.Count)]), keep: true);
        }
    }

    private void Execute(byte[] input, bool keep)
    {
        map.Clear();
        var start = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
        catch (Exception e)
        {
            // Every exception is a find here, whatever its kind: readers have none for input.
            Find(input, e.ToString(), Place(e));
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        Executions++;
        if (!keep) return;
        if (elapsed > Slowest) Slowest = elapsed;
        if (elapsed > SlowRun) Find(input, $"{elapsed.TotalSeconds:F1} s for {input.Length} octets", "slow");
        if (map.Enter()) _queue.Add(input);
    }

    private void Find(byte[] input, string what, string place)
    {
        if (_places.Add(place)) Finds.Add((input, what));
    }

    private static string Place(Exception e) => e.GetType().Name + (e.StackTrace?.Split('\n').FirstOrDefault(static line => line.Contains("Fathom.Wire", StringComparison.Ordinal)) ?? e.Message);
}
