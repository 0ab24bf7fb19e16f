using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Evidence;

/// <summary>
/// Finds the captured packets that prove what a probe saw, and enters them into one check's log. Without a capture it finds
/// nothing. Safe for concurrent use.
/// </summary>
/// <param name="store">The packets, or null where the host may not capture.</param>
/// <param name="log">Where packets are entered when they are named.</param>
public sealed class PacketRecorder(PacketStore? store, EvidenceLog log)
{
    /// <summary>True where packets are captured.</summary>
    public bool IsCapturing => store is not null;

    /// <summary>Keeps packets from and to an address from now on.</summary>
    /// <param name="address">The address.</param>
    public void Watch(IpAddress address) => store?.Watch(address);

    /// <summary>True if a packet that matches was captured.</summary>
    /// <param name="match">The test.</param>
    public bool Any(Func<RecordedPacket, bool> match) => store?.Find(match).Count > 0;

    /// <summary>Enters the packets that match, in order, as evidence.</summary>
    /// <param name="match">The test.</param>
    /// <param name="most">How many at the most; the first and the last are kept where there are more.</param>
    /// <returns>The ids; empty without a capture.</returns>
    public IReadOnlyList<string> Find(Func<RecordedPacket, bool> match, int most = 8)
    {
        if (store is null) return [];
        // With many targets the store holds the packets of earlier checks, too.
        var found = store.Find(p => p.Frame.WallTime >= log.StartedAt && match(p));
        return Enter(found.Count > most ? [.. found.Take(most - 1), found[^1]] : found);
    }

    /// <summary>The packets of this check that match, in order, not yet named as evidence: for a probe that reads more of them than headers.</summary>
    /// <param name="match">The test.</param>
    /// <returns>The packets; empty without a capture.</returns>
    public IReadOnlyList<RecordedPacket> Read(Func<RecordedPacket, bool> match)
        => store is null ? [] : store.Find(p => p.Frame.WallTime >= log.StartedAt && match(p));

    /// <summary>Enters one packet as evidence.</summary>
    /// <param name="packet">The packet.</param>
    /// <returns>Its id.</returns>
    public string Name(RecordedPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        return log.AddPacket(packet.Number, packet.Summary, packet.Frame);
    }

    /// <summary>The TCP segments between two endpoints, and ICMP errors about them: the handshake comes first.</summary>
    /// <param name="local">This end.</param>
    /// <param name="remote">The other end.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindHandshake(IpEndpoint local, IpEndpoint remote) => Find(p => p.IsOfFlow(6, local, remote), 4);

    /// <summary>The UDP datagrams between two endpoints, and ICMP errors about them.</summary>
    /// <param name="local">This end.</param>
    /// <param name="remote">The other end.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindDatagrams(IpEndpoint local, IpEndpoint remote) => Find(p => p.IsOfFlow(17, local, remote), 4);

    /// <summary>The last TCP segments between two endpoints.</summary>
    /// <param name="local">This end.</param>
    /// <param name="remote">The other end.</param>
    /// <param name="most">How many.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindLast(IpEndpoint local, IpEndpoint remote, int most = 4)
    {
        return store is null ? [] : Enter([.. store.Find(p => p.IsOfFlow(6, local, remote)).TakeLast(most)]);
    }

    /// <summary>ARP and neighbor discovery about an address.</summary>
    /// <param name="address">The address that is asked for.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindResolution(IpAddress address) => Find(p => p.IsResolutionOf(address), 6);

    /// <summary>Echo requests and replies to and from an address, and ICMP errors about packets to it.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The ids.</returns>
    public IReadOnlyList<string> FindIcmp(IpAddress address) => Find(p => p.IsIcmpAbout(address), 6);

    private string[] Enter(IReadOnlyList<RecordedPacket> packets) => [.. packets.Select(p => log.AddPacket(p.Number, p.Summary, p.Frame))];
}
