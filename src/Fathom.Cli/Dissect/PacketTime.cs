namespace Fathom.Cli.Dissect;

/// <summary>Times of packets.</summary>
internal static class PacketTime
{
    /// <summary>The time since the first packet; null where one of the two is not known.</summary>
    /// <param name="unixNanoseconds">The packet's, as <see cref="SourcePacket.UnixNanoseconds"/>.</param>
    /// <param name="start">The first packet's.</param>
    public static TimeSpan? Since(long? unixNanoseconds, long? start)
        => unixNanoseconds is { } now && start is { } first ? TimeSpan.FromTicks((now - first) / TimeSpan.NanosecondsPerTick) : null;
}
