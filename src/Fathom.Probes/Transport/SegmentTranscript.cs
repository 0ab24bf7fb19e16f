using Fathom.Probes.Evidence;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>The captured segments of one connection, in order, read as a conversation.</summary>
internal sealed class SegmentTranscript
{
    private SegmentTranscript(IReadOnlyList<SegmentRecord> segments) => Segments = segments;

    /// <summary>The segments, in the order of capture.</summary>
    public IReadOnlyList<SegmentRecord> Segments { get; }

    /// <summary>Reads what a recorder holds of a connection, and enters it as evidence.</summary>
    /// <param name="packets">The recorder.</param>
    /// <param name="initiator">The end that sent the SYN.</param>
    /// <param name="responder">The other end.</param>
    /// <returns>The transcript; without a capture it is empty.</returns>
    public static SegmentTranscript Read(PacketRecorder packets, IpEndpoint initiator, IpEndpoint responder)
    {
        ArgumentNullException.ThrowIfNull(packets);
        var here = new IpEndpoint(initiator.Address.WithZone(0), initiator.Port);
        var found = packets.Read(p => !p.Facts.IsIcmpError && p.IsOfFlow(6, initiator, responder));
        var reader = new SegmentReader();
        return new SegmentTranscript([.. found.Select(p => reader.Read(packets.Name(p), p, p.Facts.SourceEndpoint == here))]);
    }
}
