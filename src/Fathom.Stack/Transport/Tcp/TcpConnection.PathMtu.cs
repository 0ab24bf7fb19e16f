using Fathom.Stack.Internet;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <content>How large a segment may be: what the peer takes, what the path carries (RFC 1191, RFC 8201), and finding out (RFC 4821).</content>
public sealed partial class TcpConnection
{
    // RFC 791: every path carries 68 octets, which hold the headers with all options and 8 octets of data. A peer that announces less would have this side send
    // a packet for each octet or two, and keep a record of each (CVE-2019-11479): it gets this, as from Linux (tcp_min_snd_mss).
    private const int LeastSegment = 48;

    // 576 and 1,280 octets without the headers of IP and TCP.
    private const int LeastSegmentV4 = 536;
    private const int LeastSegmentV6 = 1220;

    // RFC 4821 §7.5.1: the search ends where the rest is not worth it.
    private const int SearchResolution = 8;

    // Segments beyond the probe that must follow it, so that its loss is seen (RFC 4821 §7.4).
    private const int SegmentsAfterProbe = 4;

    // RFC 8899 §5.1.2, MAX_PROBES: one probe may be lost by chance.
    private const int MostProbes = 3;

    // RFC 8899 §5.1.1, PMTU_RAISE_TIMER; RFC 4821 §7.7 has minutes: the path may have changed to a better one.
    private static readonly TimeSpan RaiseInterval = TimeSpan.FromMinutes(10);

    private bool _mtuDiscovery = true;

    // The path carries less than the least segment: the rest is left to fragments (RFC 791: a path of IPv4 may carry no more than 68 octets).
    private bool _mayBeCut;
    private bool _searches;
    private int _searchLow;
    private int _searchHigh;
    private int _probeFailures;
    private TimeSpan _searchAgainAt;
    private (SequenceNumber Start, SequenceNumber End, int Mtu)? _mtuProbe;

    // What was believed before a black hole was suspected in the time-out that goes on.
    private (bool Searches, int Low, int High)? _unsuspected;
    private bool _probeFailed;

    // Octets of the largest segment that has arrived, since a black hole was last suspected.
    private int _largestDelivered;

    /// <summary>Forbid fragments, and follow what routers report. Off: segments as large as the interface carries, which routers may cut (IPv4).</summary>
    public bool PathMtuDiscovery
    {
        get => _mtuDiscovery;
        set
        {
            _mtuDiscovery = value;
            ChooseSegmentSize();
        }
    }

    /// <summary>The most octets that a segment to the peer holds, options not yet taken off.</summary>
    public int SegmentSize => _segmentSize;

    /// <summary>RFC 5927 §4.1: what quotes nothing that is under way is forged, or of another time.</summary>
    internal bool IsUnderWay(SequenceNumber quoted) => quoted >= _sndUna && quoted < _sndNxt;

    internal void HandleError(in IcmpReport report, SequenceNumber quoted)
    {
        if (!IsUnderWay(quoted)) return;
        _lastError = new TcpIcmpError(report.Reporter, report.Type, report.Code, report.NextHopMtu);
        var kind = IcmpMeanings.Of(report);
        if (kind == IcmpMeaning.TooLarge)
        {
            if (_mtuDiscovery) FollowPathMtu();
            return;
        }

        if (State is not (TcpState.SynSent or TcpState.SynReceived)) return; // RFC 9293 §3.9.2.2 (MUST-56): remembered, no more
        if (kind == IcmpMeaning.Hard || (kind == IcmpMeaning.Soft && _settings.EndsConnectOnSoftErrors)) End(new TcpEnding(TcpEndingKind.Unreachable), TcpStateCause.IcmpError);
    }

    /// <summary>The path's MTU may have changed.</summary>
    internal void ChooseSegmentSize()
    {
        var headers = HeadersOf(Remote.Address);
        var mtu = _mtuDiscovery ? _path.Mtu : _path.Interface.MtuOf(Remote.Address.Version);
        if (_searches) mtu = Math.Min(mtu, _searchLow);
        var size = Math.Min(_peerSegmentSize, mtu - headers);
        if (_segmentLimit is { } limit) size = Math.Min(size, limit);

        // Half of the largest window the peer ever offered: or each segment would wait for the acknowledgment of the one before (RFC 9293 §3.8.6.2.1).
        if (_maxSndWnd > 0) size = Math.Min(size, _maxSndWnd > DefaultSegmentSize ? _maxSndWnd / 2 : _maxSndWnd);
        size = Math.Max(size, LeastSegment);
        _mayBeCut = mtu - headers < LeastSegment;
        var isSmaller = size < _segmentSize;
        _segmentSize = size;
        if (isSmaller && _sent is { IsEmpty: false } sent) sent.Recut(EffectiveSegment);
        _burstEnd = SequenceNumber.Min(_burstEnd, _sndNxt);
    }

    // The internet layer has believed the report, or not: its path knows.
    private void FollowPathMtu()
    {
        var before = _segmentSize;
        if (_searches) _searchHigh = Math.Min(_searchHigh, _path.Mtu);
        LoseLargerThan(_path.Mtu);
        ChooseSegmentSize();
        if (_segmentSize < before) Decide(TcpDecision.LowerPathMtu, value: _segmentSize);
        _layer.WantTransmit(this);
    }

    // RFC 8201 §5.4: sent again at once, which is no sign of congestion.
    private void LoseLargerThan(int mtu)
    {
        if (_sent is not { } sent) return;
        // What is as small as it can be would be refused again at once, and again without end.
        var fits = Math.Max(mtu - HeadersOf(Remote.Address), LeastSegment) - TimestampOption;
        for (var id = sent.Head; id < sent.Tail; id++)
        {
            if (sent[id].Length > fits) sent.MarkLost(id);
        }

        if (sent.LostCount > 0 && _sendTimer == SendTimer.None) ArmSend(SendTimer.Retransmit, _layer.Now + TimeSpan.FromTicks(RetransmissionTimeout));
        ArmTimer();
    }

    private void StartMtuProbing()
    {
        if (_settings.MtuProbing != TcpMtuProbing.Always) return;
        Search(_settings.MtuProbingBase + HeadersOf(Remote.Address));
    }

    private void Search(int low)
    {
        _searches = true;
        _searchHigh = HighestMtu;
        _searchLow = Math.Min(low, _searchHigh);
        _probeFailures = 0;
        _searchAgainAt = _layer.Now + RaiseInterval;
        ChooseSegmentSize();
    }

    private int HighestMtu => Math.Min(_path.Interface.MtuOf(Remote.Address.Version), _peerSegmentSize + HeadersOf(Remote.Address));

    // The segment that is waited for is no larger than one that has arrived.
    private bool IsSizeProven => _sent is { IsEmpty: false } sent && sent[sent.Head].Length <= _largestDelivered;

    // RFC 2923 §2.1: large segments vanish and nobody says why.
    private void SuspectBlackHole()
    {
        if (_settings.MtuProbing == TcpMtuProbing.Off || _sent is not { IsEmpty: false } sent) return;
        var headers = HeadersOf(Remote.Address);
        var now = _segmentSize;

        // What every path carries is no suspect: 1,280 octets (RFC 8200 §5), or the 576 that every IPv4 host takes (RFC 1122 §3.3.3). Without that bound plain
        // loss would halve the segments down to almost nothing.
        var least = Math.Min(_settings.MtuProbingBase, Remote.Address.IsV6 ? LeastSegmentV6 : LeastSegmentV4);
        if (sent[sent.Head].Length < least || now <= least) return;
        var wanted = now > _settings.MtuProbingBase ? _settings.MtuProbingBase : Math.Max(now / 2, least);
        _mtuProbe = null;
        _unsuspected ??= (_searches, _searchLow, _searchHigh);
        _largestDelivered = 0;
        Search(wanted + headers);
        if (_segmentSize < now) Decide(TcpDecision.LowerPathMtu, value: _segmentSize);
    }

    // The time-outs were none of a loss: nothing vanished for its size either.
    private void ForgiveSuspicion()
    {
        if (_unsuspected is not { } before) return;
        _unsuspected = null;
        (_searches, _searchLow, _searchHigh) = before;
        var was = _segmentSize;
        ChooseSegmentSize();
        if (_segmentSize > was) Decide(TcpDecision.RaisePathMtu, value: _segmentSize);
    }

    // True while there is something to be found between what works and what does not; after a while what did not is tried anew.
    private bool SearchesNow(TimeSpan now)
    {
        if (_searchHigh - _searchLow >= SearchResolution) return true;
        if (now < _searchAgainAt) return false;
        _searchAgainAt = now + RaiseInterval;
        _searchHigh = HighestMtu;
        return _searchHigh - _searchLow >= SearchResolution;
    }

    // RFC 4821 §7: one larger segment, when enough follows to see whether it is lost.
    private bool TryProbePathMtu(int unsent, int window, int room, TimeSpan now)
    {
        if (!_searches || _mtuProbe is not null || _congestionState != TcpCongestionState.Open || !SearchesNow(now)) return false;
        var headers = HeadersOf(Remote.Address);
        var mtu = (_searchLow + _searchHigh) / 2;
        var size = mtu - headers - TimestampOption;
        var segment = EffectiveSegment;
        var needed = size + (SegmentsAfterProbe * segment);
        if (size <= segment || unsent < needed || window < needed || room < size || _cwnd < 11 * segment || _sent is { SackedCount: > 0 }) return false;
        _mtuProbe = (_sndNxt, _sndNxt + (uint)size, mtu);
        _burstEnd = _sndNxt;
        _burstIsLong = false;
        Decide(TcpDecision.ProbePathMtu, _sndNxt, mtu);
        SendText(size, size, size, false, now);
        return true;
    }

    private void NoteProbeAcknowledged()
    {
        if (_mtuProbe is not { } probe || _sndUna < probe.End) return;
        _mtuProbe = null;
        _searchLow = probe.Mtu;
        _probeFailures = 0;
        _searchAgainAt = _layer.Now + RaiseInterval;
        ChooseSegmentSize();
        Decide(TcpDecision.RaisePathMtu, value: _segmentSize);
    }

    private bool IsFailedProbe(int id)
    {
        if (_mtuProbe is not { } probe || Sent[id].Start != probe.Start) return false;
        _mtuProbe = null;
        _probeFailed = true;
        if (++_probeFailures < MostProbes) return true;
        _probeFailures = 0;
        _searchHigh = probe.Mtu - 1;
        _searchAgainAt = _layer.Now + RaiseInterval;
        return true;
    }
}
