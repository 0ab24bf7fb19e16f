namespace Fathom.Stack.Transport.Tcp;

/// <summary>How the congestion window grows and shrinks.</summary>
public enum TcpCongestionAlgorithm : byte
{
    /// <summary>CUBIC (RFC 9438) with HyStart++ (RFC 9406).</summary>
    Cubic,

    /// <summary>The algorithm of RFC 5681, often called Reno.</summary>
    Reno,
}
