using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>What if a loss was none.</content>
public sealed partial class TcpConnection
{
    // What is restored if the loss was none (RFC 3522, RFC 3708).
    private SequenceNumber? _undoUna;
    private SequenceNumber _undoNxt;
    private int _undoRetransmissions;
    private uint _firstRetransmissionStamp;
    private bool _hasRetransmitted;
    private int _priorCwnd;
    private int _priorSsthresh;

    private void PrepareUndo()
    {
        _priorCwnd = _cwnd;
        _priorSsthresh = _ssthresh;
        _undoUna = _sndUna;
        _undoNxt = _sndNxt;
        _undoRetransmissions = 0;
        _hasRetransmitted = false;
    }

    private void TryUndo(in AcknowledgmentEffect effect)
    {
        if (_undoUna is null || !_hasRetransmitted) return;

        // RFC 3522 §3.2: the acknowledgment echoes what was sent before the first retransmission. RFC 3708 §3: every retransmission was reported to be a duplicate, which is a round trip after the
        // last of them: mostly when what was late has ended the recovery already.
        var isEarlier = _congestionState >= TcpCongestionState.Recovery && effect.Advanced && effect.Echo != 0 && (int)(effect.Echo - _firstRetransmissionStamp) < 0;
        var wereDuplicates = effect.DuplicateReported && _undoRetransmissions == 0;
        if (isEarlier || wereDuplicates) Undo();
    }

    private void Undo()
    {
        _cwnd = Math.Max(_cwnd, _priorCwnd);
        _ssthresh = Math.Max(_ssthresh, _priorSsthresh);
        _congestion.Undo();
        _sent?.ForgetLosses();
        _undoUna = null;
        _forwardRto = false;
        _congestionState = TcpCongestionState.Open;
        ForgiveSuspicion();
        Decide(TcpDecision.UndoReduction, value: _cwnd);
    }
}
