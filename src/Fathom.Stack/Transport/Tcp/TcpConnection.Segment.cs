using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>A segment on its way out: its header says what is known at that moment.</content>
public sealed partial class TcpConnection
{
    // Octets that the options of a segment sent now take.
    private int OptionsLength()
    {
        var length = TimestampOption;
        if (!_sackAgreed) return length;
        var blocks = Math.Min((_outOfOrder?.Count ?? 0) + (_duplicate is null ? 0 : 1), _timestampsAgreed ? 3 : 4);
        return blocks == 0 ? length : length + 4 + (8 * blocks);
    }

    private TcpSackBlocks BlocksToSend(int dataOctets)
    {
        if (!_sackAgreed || (_duplicate is null && _outOfOrder is not { IsEmpty: false })) return default;
        Span<TcpSackBlock> blocks = stackalloc TcpSackBlock[TcpSackBlocks.MaxCount];
        var most = _timestampsAgreed ? 3 : 4;

        // A segment that is sent again was cut before these blocks were known: they take what room it leaves.
        if (dataOctets > 0) most = Math.Min(most, (_segmentSize - TimestampOption - dataOctets - 4) / 8);
        if (most <= 0) return default;
        var count = 0;
        if (_duplicate is { } duplicate)
        {
            // RFC 2883 §4: first; then, where it lies within a block, that block.
            blocks[count++] = duplicate;
            _duplicate = null;
        }

        if (_outOfOrder is { } ranges) count += ranges.CopyNewest(blocks[count..most]);
        return new TcpSackBlocks(blocks[..count]);
    }

    // Everything but a SYN goes through here: the header says what is known now.
    private void Emit(SequenceNumber start, int octets, int segmentSize, TcpFlags flags, int newOctets, TcpDecision? why, TimeSpan now)
    {
        var window = ChooseWindow();
        var blocks = (flags & TcpFlags.Rst) == 0 ? BlocksToSend(segmentSize > 0 ? segmentSize : octets) : default;
        if (_echoesCongestion && _ecnAgreed) flags |= TcpFlags.Ece;
        if (newOctets > 0 && _reducedQueued)
        {
            _reducedQueued = false;
            flags |= TcpFlags.Cwr; // RFC 3168 §6.1.2: with the first new octets after the reduction
        }

        var header = new TcpHeader
        {
            SourcePort = Local.Port,
            DestinationPort = Remote.Port,
            SequenceNumber = start,
            AcknowledgmentNumber = _rcvNxt,
            Flags = flags | (_urgentEnd is { } urgentEnd && urgentEnd > start ? TcpFlags.Urg : 0),
            Window = (ushort)(window >> _receiveScale),
            UrgentPointer = _urgentEnd is { } urgent && urgent > start ? (ushort)Math.Min(urgent - start, ushort.MaxValue) : (ushort)0,
            Options = new TcpOptions
            {
                Timestamps = _timestampsAgreed ? new TcpTimestamps(StampOf(now.Ticks), _recentTimestamp) : null,
                SackBlocks = blocks,
            },
        };
        var packet = _layer.Internet.Pool.Rent(octets + TcpSegment.MaxHeaderLength);
        if (octets > 0) _send.CopyTo((int)(start - _sendBase), packet.Append(octets));
        packet.SegmentSize = segmentSize;

        _rcvRight = _rcvNxt + (uint)window;
        _lastAckSent = _rcvNxt;
        _ackNow = false;
        _ackAt = Never;
        _unackedOctets = 0;
        if (_quickAcks > 0 && octets == 0) _quickAcks--;
        if (octets > 0)
        {
            NoteAnswer(now);
            _lastSent = now;
            _octetsSent += octets;
            _dataSegmentsOut += segmentSize > 0 ? (octets + segmentSize - 1) / segmentSize : 1;
            if (newOctets == 0) _octetsRetransmitted += octets;
        }

        // RFC 3168 §6.1.5: not on retransmissions; §6.1.4: not on pure acknowledgments; §6.1.6: not on window probes.
        var ecn = _ecnAgreed && newOctets > 0 ? Ecn.Capable0 : Ecn.NotCapable;
        Finish(packet, header, octets, ecn, why, now);
    }

    private void Finish(PacketBuffer packet, in TcpHeader header, int octets, Ecn ecn, TcpDecision? why, TimeSpan now)
    {
        _segmentsOut++;
        TcpPackets.Write(packet, header, _path);
        if (_layer.Events.IsOn)
        {
            var isSyn = (header.Flags & TcpFlags.Syn) != 0;
            var summary = new TcpSegmentSummary(
                header.Flags,
                isSyn ? header.SequenceNumber.Value : header.SequenceNumber - _iss,
                (header.Flags & TcpFlags.Ack) == 0 ? 0 : header.AcknowledgmentNumber - _irs,
                octets,
                header.Window << (isSyn ? 0 : _receiveScale),
                TcpSegmentSummary.Relative(header.Options, _irs));
            _layer.Events.Add(new TcpEvent.Sent(now, Local, Remote, summary, why));
        }

        _layer.Internet.Send(packet, _path, IpProtocol.Tcp, new IpSendOptions(HopLimit, Dscp, ecn, DontFragment: _mtuDiscovery && !_mayBeCut), now);
    }
}
