using System.Diagnostics;

namespace Goodput;

/// <summary>Runs many boxes side by side, on one thread.</summary>
internal static unsafe class BoxLoop
{
    private static readonly long Began = Stopwatch.GetTimestamp();

    /// <summary>The clock of all.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(Began);

    /// <summary>Runs them for a time, or until all servers have read what they were to read.</summary>
    /// <param name="boxes">The boxes.</param>
    /// <param name="length">How long.</param>
    /// <returns>When it began.</returns>
    public static TimeSpan Run(IReadOnlyList<Box> boxes, TimeSpan length)
    {
        var descriptors = boxes.SelectMany(static b => new[] { b.Client.Descriptor, b.Server.Descriptor }).Where(static d => d >= 0)
            .Select(static d => new Libc.PollDescriptor { Descriptor = d, Events = Libc.Readable }).ToArray();
        var start = Now;
        foreach (var box in boxes)
        {
            box.Server.Start();
            box.Client.Start();
        }

        while (Now < start + length && boxes.Any(static b => b.Server.FinishedAt is null))
        {
            var hasMore = false;
            foreach (var box in boxes) hasMore |= box.Step(Now);
            if (hasMore) continue;
            var next = boxes.Min(static b => b.Next);
            if (next > start + length) next = start + length;
            var wait = next - Now;
            if (wait <= TimeSpan.Zero) continue;
            var timeout = new Libc.TimeSpecification { Seconds = wait.Ticks / TimeSpan.TicksPerSecond, Nanoseconds = wait.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
            fixed (Libc.PollDescriptor* pointer = descriptors) _ = Libc.Poll(pointer, (nuint)descriptors.Length, &timeout, null);
        }

        return start;
    }
}
