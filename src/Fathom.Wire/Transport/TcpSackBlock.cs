namespace Fathom.Wire.Transport;

/// <summary>Octets that arrived out of order (RFC 2018 §3).</summary>
/// <param name="Left">The first number of the block.</param>
/// <param name="Right">The number behind its last.</param>
public readonly record struct TcpSackBlock(SequenceNumber Left, SequenceNumber Right)
{
    /// <summary>Octets in the block.</summary>
    public uint Length => Right - Left;
}
