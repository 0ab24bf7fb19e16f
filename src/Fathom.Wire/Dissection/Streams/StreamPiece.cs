using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>Which packet brought which octets of a stream.</summary>
/// <param name="Start">The number of the first octet.</param>
/// <param name="Length">Octets.</param>
/// <param name="Packet">The packet's number in the capture.</param>
internal readonly record struct StreamPiece(SequenceNumber Start, int Length, int Packet)
{
    internal SequenceNumber End => Start + (uint)Length;
}
