using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>What the internet layer counts for one version; see <see cref="IpStatistics"/>.</summary>
internal sealed class IpCounters
{
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    // Made when it is needed: most hosts of a large lab drop nothing.
    private long[]? _drops;

    public long InReceives;
    public long InDelivers;
    public long InForwarded;
    public long ReassemblyRequired;
    public long Reassembled;
    public long OutRequests;
    public long OutForwarded;
    public long FragmentedPackets;
    public long FragmentsCreated;
    public long OutTransmits;

    public void Drop(DropReason reason) => (_drops ??= new long[Reasons])[(int)reason]++;

    public IpStatistics ToStatistics(IpVersion version) => new()
    {
        Version = version,
        InReceives = InReceives,
        InHdrErrors = Of(DropReason.Unreadable) + Of(DropReason.HeaderChecksum) + Of(DropReason.HopLimit) + Of(DropReason.Option),
        InAddrErrors = Of(DropReason.Martian) + Of(DropReason.OwnSource) + Of(DropReason.NotForThisHost) + Of(DropReason.NotAMember),
        InUnknownProtos = Of(DropReason.UnknownProtocol),
        InNoRoutes = Of(DropReason.NoRoute),
        InDelivers = InDelivers,
        InForwDatagrams = InForwarded,
        ReasmReqds = ReassemblyRequired,
        ReasmOKs = Reassembled,
        ReasmFails = Of(DropReason.Reassembly) + Of(DropReason.ReassemblyTimeout),
        OutRequests = OutRequests,
        OutForwDatagrams = OutForwarded,
        OutFragOKs = FragmentedPackets,
        OutFragCreates = FragmentsCreated,
        OutFragFails = Of(DropReason.TooBig),
        OutTransmits = OutTransmits,
        OutDiscards = Of(DropReason.QueueFull) + Of(DropReason.NoNeighbor) + Of(DropReason.Hook),
        Drops = _drops?.ToArray() ?? new long[Reasons],
    };

    private long Of(DropReason reason) => _drops?[(int)reason] ?? 0;
}
