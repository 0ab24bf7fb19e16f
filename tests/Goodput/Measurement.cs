using Fathom.Stack.Buffers;
using Luck;

namespace Goodput;

/// <summary>Measures over one path with several seeds, all side by side.</summary>
internal static class Measurement
{
    private const string Congestion = "cubic";

    /// <summary>Measures goodput or, where a length is given, time.</summary>
    /// <param name="pairings">Who writes to whom.</param>
    /// <param name="there">The way of the data.</param>
    /// <param name="back">The way of the acknowledgments.</param>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="octets">Octets to be carried; <see cref="long.MaxValue"/>: as many as the time allows.</param>
    /// <param name="time">How long at the most.</param>
    /// <returns>For each pairing the figures of the seeds: megabits a second, or seconds.</returns>
    public static double[][] Run(Pairing[] pairings, LinkConditions there, LinkConditions back, int seeds, long octets, TimeSpan time)
    {
        var pool = new PacketPool();
        var boxes = new Box[pairings.Length * seeds];
        for (var i = 0; i < boxes.Length; i++)
        {
            var pairing = pairings[i / seeds];
            var seed = (i % seeds) + 1;
            boxes[i] = new Box(End(pairing.ClientIsKernel, new EndPlan(true, octets, seed * 2)), End(pairing.ServerIsKernel, new EndPlan(false, octets, (seed * 2) + 1)), there, back, seed, pool);
        }

        var start = BoxLoop.Run(boxes, time);
        var figures = boxes.Select(b => octets == long.MaxValue ? b.Server.Received * 8 / time.TotalSeconds / 1e6 : ((b.Server.FinishedAt ?? start + time) - start).TotalSeconds).Chunk(seeds).ToArray();
        foreach (var box in boxes)
        {
            box.Client.Dispose();
            box.Server.Dispose();
        }

        return figures;

        IEnd End(bool isKernel, EndPlan plan) => isKernel ? new KernelEnd(plan, Congestion, pool, static () => BoxLoop.Now) : new StackEnd(plan, pool, static () => BoxLoop.Now);
    }
}
