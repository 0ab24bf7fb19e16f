using Fathom.Wire.Transport;

namespace Fathom.Lab.Transport;

/// <summary>How far a connection is, as seen from the middle of its path, and how long it may then be silent (RFC 5382 §5, RFC 6146 §3.5.2.2, RFC 7857 §2).</summary>
internal struct TcpTrack
{
    /// <summary>RFC 5382 REQ-5: at least 2 hours 4 minutes, so that a keep-alive every two hours (RFC 1122 §4.2.3.6) comes in time.</summary>
    public static readonly TimeSpan EstablishedTimeout = new(2, 4, 0);

    /// <summary>RFC 5382 REQ-5: at least 4 minutes for connections that open or close.</summary>
    public static readonly TimeSpan TransitoryTimeout = TimeSpan.FromMinutes(4);

    private bool _openedOut;
    private bool _openedIn;
    private bool _closedOut;
    private bool _closedIn;
    private bool _isReset;

    /// <summary>Both sides have opened it, and not both have closed it.</summary>
    public readonly bool IsEstablished => _openedOut && _openedIn && !(_closedOut && _closedIn) && !_isReset;

    /// <summary>How long it may be silent now.</summary>
    public readonly TimeSpan Timeout => IsEstablished ? EstablishedTimeout : TransitoryTimeout;

    /// <summary>Takes note of a segment.</summary>
    public void Note(TcpFlags flags, bool isOutbound)
    {
        // RFC 6146 §3.5.2.2: whatever comes after a RST shows that it was not believed.
        _isReset = (flags & TcpFlags.Rst) != 0;
        var opens = (flags & TcpFlags.Syn) != 0;
        if (opens && _closedOut && _closedIn) this = default; // the ports are used again

        // What was under way before anybody looked is taken for established, once both sides have spoken.
        if (!_isReset && isOutbound) _openedOut = true;
        if (!_isReset && !isOutbound) _openedIn = true;
        if ((flags & TcpFlags.Fin) == 0) return;
        if (isOutbound) _closedOut = true;
        else _closedIn = true;
    }
}
