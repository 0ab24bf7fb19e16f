using Fathom.Stack.Buffers;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>What the sender keeps (RFC 9293 §3.3.1, send sequence variables).</content>
public sealed partial class TcpConnection
{
    // Octets written: those from SND.UNA to SND.NXT are sent, those behind are not. Its start is _sendBase, which is SND.UNA but for SYN and FIN.
    private readonly OctetWindow _send;
    private SequenceNumber _sendBase;
    private int _sendLength;
    private int _sendLimit;
    private bool _sendLimitIsFixed;

    private SentQueue? _sent;
    private SequenceNumber _iss;
    private SequenceNumber _sndUna;
    private SequenceNumber _sndNxt;
    private SequenceNumber _sndWl1;
    private SequenceNumber _sndWl2;
    private int _sndWnd;
    private int _maxSndWnd;
    private int _sendScale;
    private SequenceNumber? _urgentEnd;

    // The end of the last segment that was not full: while it is not acknowledged, no other goes out (Nagle as Minshall refined it).
    private SequenceNumber? _smallEnd;

    // The end of the octets that go out together: the last one of several carries PSH, as if they were one that a device cuts.
    private SequenceNumber _burstEnd;
    private bool _burstIsLong;

    // The end of what was sent again since the last acknowledgment or time-out, where its burst goes on.
    private SequenceNumber? _resentEnd;
    private Queue<SequenceNumber>? _recordEnds;

    // What the peer announced, and what was announced to it.
    private int _peerSegmentSize = DefaultSegmentSize;
    private readonly int _ownSegmentSize;

    // Octets of a full segment, with options not yet taken off.
    private int _segmentSize = DefaultSegmentSize;

    private bool _noDelay;
    private bool _cork;
    private bool _moreFollows;
    private bool _flushHeld;
    private bool _finQueued;
    private bool _finSent;
    private bool _synQueued;
    private bool _resetQueued;
    private bool _probeQueued;
    private TcpDecision _probeWhy;
    private bool _ecnAgreed;
    private bool _ecnRefused;
    private bool _reducedQueued;

    private long _segmentsOut;
    private long _segmentsIn;
    private long _dataSegmentsOut;
    private long _dataSegmentsIn;
    private long _octetsSent;
    private long _octetsRetransmitted;
    private long _segmentsDelivered;
    private long _timeouts;
    private SendTimes _times;
    private long _retransmissions;
    private long _acknowledged;
    private long _duplicates;
    private TimeSpan? _lastSent;
    private TcpIcmpError? _lastError;

    // RFC 9293 §3.7.1 (MUST-15): what a peer that says nothing can take. IPv6 has 1,220 (its least MTU less the headers).
    private const int DefaultSegmentSize = 536;
    private const int DefaultSegmentSizeV6 = 1220;

    private SentQueue Sent => _sent ??= new SentQueue();

    private int InFlight => _sent is null ? 0 : Math.Max(0, _sent.InFlight - (_sackAgreed ? 0 : Math.Min(_duplicateAcks, Math.Max(0, _sent.Count - _sent.LostCount - 1)) * _segmentSize));

    private bool HasOutstanding => _sent is { IsEmpty: false };

    private int TimestampOption => _timestampsAgreed ? 12 : 0;
}
