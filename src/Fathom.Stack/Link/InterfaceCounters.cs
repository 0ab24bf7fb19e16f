namespace Fathom.Stack.Link;

/// <summary>What an interface counts; see <see cref="InterfaceStatistics"/>.</summary>
internal sealed class InterfaceCounters
{
    public long InPackets;
    public long InOctets;
    public long InDiscards;
    public long InErrors;
    public long InUnknownProtocols;
    public long OutPackets;
    public long OutOctets;
    public long OutDiscards;

    public InterfaceStatistics ToStatistics() => new(InPackets, InOctets, InDiscards, InErrors, InUnknownProtocols, OutPackets, OutOctets, OutDiscards);
}
