namespace Fathom.Stack.Internet;

/// <summary>What ICMP of one version counts; see <see cref="IcmpStatistics"/>.</summary>
internal sealed class IcmpCounters
{
    public long InMessages;
    public long InErrors;
    public long OutMessages;
    public readonly long[] InTypes = new long[256];
    public readonly long[] OutTypes = new long[256];
}
