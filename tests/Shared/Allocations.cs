namespace Fathom.Testing;

/// <summary>
/// What code allocates. The run-time's count for a thread is not exact: a background collection on another thread's account adds what is
/// left of this thread's piece of the heap, up to 8 KiB that nobody allocated. So it is measured until a round is free of that: what the
/// code allocates itself is in every round.
/// </summary>
internal static class Allocations
{
    /// <summary>Far more rounds than can meet a collection each: after one, the thread has no piece left, and takes none where nothing is allocated.</summary>
    internal const int MostRounds = 10;

    /// <summary>The octets that <paramref name="round"/> allocates on this thread: the least of several rounds, or the first that is not more than <paramref name="enough"/>.</summary>
    /// <param name="round">What is measured. It runs at least once; what it allocates only at first, it must have allocated before.</param>
    /// <param name="enough">The octets that a test allows.</param>
    internal static long Least(Action round, long enough = 0) => LeastAsync(() =>
    {
        round();
        return Task.CompletedTask;
    }, enough).GetAwaiter().GetResult();

    /// <summary>As <see cref="Least"/>, of what goes on on this thread until the task ends.</summary>
    internal static async Task<long> LeastAsync(Func<Task> round, long enough)
    {
        var least = long.MaxValue;
        for (var i = 0; i < MostRounds && least > enough; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            await round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
