namespace Fathom.Stack.Transport.Tcp;

/// <summary>What a sender believes of the path.</summary>
public enum TcpCongestionState : byte
{
    /// <summary>Nothing is amiss.</summary>
    Open,

    /// <summary>Something arrived out of order; it may be lost or only late.</summary>
    Disorder,

    /// <summary>The network marked congestion (RFC 3168): the window is being reduced.</summary>
    Reduced,

    /// <summary>Segments were lost and are sent again (RFC 6675).</summary>
    Recovery,

    /// <summary>The retransmission timer went off (RFC 6298).</summary>
    Loss,
}
