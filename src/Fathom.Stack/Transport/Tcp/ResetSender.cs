using Fathom.Stack.Events;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>Answers segments that no connection takes with RST (RFC 9293 §3.5.2, groups 1 and 2).</summary>
internal sealed class ResetSender(IInternetLayer internet, EventLog events, TcpSettings settings)
{
    /// <summary>How many were sent.</summary>
    public long Count { get; private set; }

    /// <summary>Answers a segment, if there is a way back. An RST is not answered.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="arrival">How it came.</param>
    /// <param name="ends">Its ends, or null: as it came.</param>
    public void Send(in IncomingSegment segment, in Arrival arrival, FlowKey? ends = null)
    {
        if (segment.IsReset) return;
        if (internet.TryFindPath(arrival.Source, arrival.Destination, out var path)) Send(segment, arrival, path, ends);
    }

    /// <summary>Answers a segment on a path. An RST is not answered.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="arrival">How it came.</param>
    /// <param name="path">The way back.</param>
    /// <param name="ends">Its ends, or null: as it came.</param>
    public void Send(in IncomingSegment segment, in Arrival arrival, IpPath path, FlowKey? ends = null)
    {
        if (segment.IsReset) return;
        var key = ends ?? segment.Ends(arrival);
        var header = new TcpHeader
        {
            SourcePort = key.Local.Port,
            DestinationPort = key.Remote.Port,
            SequenceNumber = segment.IsAck ? segment.Acknowledgment : default,
            AcknowledgmentNumber = segment.IsAck ? default : segment.End,
            Flags = segment.IsAck ? TcpFlags.Rst : TcpFlags.Rst | TcpFlags.Ack,
        };
        Count++;
        var packet = internet.Pool.Rent(header.Length);
        TcpPackets.Write(packet, header, path);
        if (events.IsOn) events.Add(new TcpEvent.Sent(arrival.At, key.Local, key.Remote, new TcpSegmentSummary(header.Flags, header.SequenceNumber.Value, header.AcknowledgmentNumber.Value, 0, 0, default), null));
        internet.Send(packet, path, IpProtocol.Tcp, new IpSendOptions(settings.HopLimit, 0, Ecn.NotCapable, DontFragment: true), arrival.At);
    }
}
