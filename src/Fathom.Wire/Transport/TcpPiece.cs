namespace Fathom.Wire.Transport;

/// <summary>One segment to send: its header and its data, a part of the message.</summary>
/// <param name="Header">The header.</param>
/// <param name="Data">The data.</param>
/// <param name="Offset">Where the data begins in the message.</param>
public readonly record struct TcpPiece(TcpHeader Header, ReadOnlyMemory<byte> Data, int Offset)
{
    /// <summary>Octets of the segment, header and data.</summary>
    public int Length => Header.Length + Data.Length;
}
