namespace Fathom.Stack.Internet;

/// <summary>What ICMP of one version counts; see <see cref="IcmpStatistics"/>.</summary>
internal sealed class IcmpCounters
{
    public long InMessages;
    public long InErrors;
    public long OutMessages;
    private long[]? _inTypes;
    private long[]? _outTypes;

    // Made when they are needed: most hosts of a large lab never see one.
    public long[] InTypes => _inTypes ??= new long[256];

    public long[] OutTypes => _outTypes ??= new long[256];
}
