using System.Globalization;

namespace Luck;

/// <summary>What one direction of a link does to packets.</summary>
internal sealed record LinkConditions
{
    /// <summary>Bits a second; 0: no limit.</summary>
    public long Rate { get; init; }

    /// <summary>How long a packet travels, at least.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How much longer it may travel, by chance; packets overtake each other only where <see cref="Reorder"/> lets them.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of packets that get lost.</summary>
    public double Loss { get; init; }

    /// <summary>The share that comes twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>The share that those behind may overtake.</summary>
    public double Reorder { get; init; }

    /// <summary>The share of which one bit is turned.</summary>
    public double Corrupt { get; init; }

    /// <summary>Octets that may wait for the line; 0: no limit.</summary>
    public int Queue { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Rate == 0 ? "no rate" : $"{Rate / 1e6:0.##} Mbit/s")}, {Delay.TotalMilliseconds:0.#}+{Jitter.TotalMilliseconds:0.#} ms, loss {Loss:P1}, duplicates {Duplicate:P1}, reordering {Reorder:P1}, damage {Corrupt:P1}, queue {Queue}");
}
