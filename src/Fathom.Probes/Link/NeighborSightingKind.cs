namespace Fathom.Probes.Link;

/// <summary>What a packet of address resolution does.</summary>
public enum NeighborSightingKind
{
    /// <summary>Asks who has an address.</summary>
    Question,

    /// <summary>Answers.</summary>
    Answer,

    /// <summary>Tells unasked that an address is its own: gratuitous ARP (RFC 5227 §3), or an unsolicited neighbor advertisement (RFC 4861 §7.2.6).</summary>
    Announcement,

    /// <summary>Asks before taking an address whether anybody has it (RFC 5227 §2.1.1, RFC 4862 §5.4).</summary>
    Probe,
}
