using Fathom.Hosts;
using Fathom.Probes.Evidence;

namespace Fathom.Probes;

/// <summary>What every probe works with: the host that it asks, and where its evidence goes.</summary>
/// <param name="Host">The host.</param>
/// <param name="Evidence">The log of the check.</param>
/// <param name="Packets">The recorder, which may be without a capture.</param>
public sealed record ProbeContext(INetworkHost Host, EvidenceLog Evidence, PacketRecorder Packets)
{
    /// <summary>A context with a log of its own, for questions whose packets nobody captures.</summary>
    /// <param name="host">The host.</param>
    public static ProbeContext WithoutCapture(INetworkHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var log = new EvidenceLog(host.Time);
        return new ProbeContext(host, log, new PacketRecorder(null, log));
    }

    /// <summary>Time elapsed since a time stamp of the host's clock.</summary>
    /// <param name="since">The time stamp.</param>
    public TimeSpan Since(long since) => Host.Time.GetElapsedTime(since);
}
