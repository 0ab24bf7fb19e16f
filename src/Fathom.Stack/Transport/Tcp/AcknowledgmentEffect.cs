using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>What one acknowledgment told, gathered while it is read.</summary>
internal struct AcknowledgmentEffect
{
    /// <summary>SND.UNA moved.</summary>
    public bool Advanced;

    /// <summary>By how many numbers.</summary>
    public int Acknowledged;

    /// <summary>Octets that are known to have arrived for the first time now (RFC 6937 §3, DeliveredData).</summary>
    public int Delivered;

    /// <summary>A duplicate acknowledgment as RFC 5681 §2 defines it.</summary>
    public bool IsDuplicate;

    public bool NewlySacked;

    /// <summary>A segment that was sent once has arrived.</summary>
    public bool OriginalDelivered;

    /// <summary>One of those that were sent before the recovery, or the time-out, that goes on.</summary>
    public bool OldOriginalDelivered;

    /// <summary>A segment that was sent once has arrived after one with a higher number.</summary>
    public bool SawReordering;

    public bool RetransmissionDelivered;

    public bool DuplicateReported;

    public TcpSackBlock DuplicateBlock;

    public bool EchoesCongestion;

    /// <summary>Losses were found in its light.</summary>
    public bool FoundLoss;

    public SequenceNumber PriorUna;

    public int PriorInFlight;

    /// <summary>Duplicate acknowledgments in a row before it, without SACK.</summary>
    public int PriorDuplicates;

    /// <summary>The timestamp that it echoes; 0 without timestamps.</summary>
    public uint Echo;

    /// <summary>When the first and the last of the segments that were sent once, and arrived, were sent.</summary>
    public long FirstSentAt;
    public long LastSentAt;

    /// <summary>The round trip measured, in ticks; 0: none.</summary>
    public long RoundTrip;
}
