namespace Fathom.Probes.Evidence;

/// <summary>
/// Numbers packets, so that none of those that share it has another's: captures whose packets go into one log, and nothing else, share
/// one. Safe for concurrent use.
/// </summary>
internal sealed class PacketNumbers
{
    private int _last;

    /// <summary>The next number; the first is 1.</summary>
    public int Next() => Interlocked.Increment(ref _last);
}
