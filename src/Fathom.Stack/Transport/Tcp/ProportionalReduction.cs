namespace Fathom.Stack.Transport.Tcp;

/// <summary>Proportional rate reduction (RFC 6937): what is sent during recovery follows what arrives, so that the window falls smoothly.</summary>
internal struct ProportionalReduction
{
    private int _flightSize;
    private long _delivered;
    private long _sent;

    /// <summary>Recovery begins (§3): RecoverFS.</summary>
    public void Begin(int flightSize)
    {
        _flightSize = Math.Max(flightSize, 1);
        _delivered = _sent = 0;
    }

    /// <summary>Something was sent in recovery: prr_out.</summary>
    public void OnSent(int octets) => _sent += octets;

    /// <summary>How many octets may be sent upon an acknowledgment (§3, with the slow start reduction bound where the last acknowledgment made progress without new loss).</summary>
    /// <param name="delivered">Octets that it newly tells to have arrived: DeliveredData.</param>
    /// <param name="inFlight">Octets in the network: pipe.</param>
    /// <param name="threshold">The window to arrive at.</param>
    /// <param name="segment">Octets of a full segment.</param>
    /// <param name="isGoodProgress">The acknowledgment moved forward and no new loss was found (Linux, and RFC 6937bis §6.2).</param>
    public int Allow(int delivered, int inFlight, int threshold, int segment, bool isGoodProgress)
    {
        _delivered += delivered;
        long allowed;
        if (inFlight > threshold)
        {
            allowed = (((_delivered * threshold) + _flightSize - 1) / _flightSize) - _sent;
        }
        else
        {
            var bound = Math.Max(_delivered - _sent, delivered);
            if (isGoodProgress) bound += segment;
            allowed = Math.Min(threshold - inFlight, bound);
        }

        // The first retransmission is never held back: it is what recovery is for.
        return (int)Math.Max(allowed, _sent == 0 ? segment : 0);
    }
}
