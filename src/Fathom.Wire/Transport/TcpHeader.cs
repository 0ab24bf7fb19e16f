using System.Buffers.Binary;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Transport;

/// <summary>A TCP header to send (RFC 9293 §3.1).</summary>
public readonly record struct TcpHeader : IWireHeader
{
    /// <summary>The sender's port.</summary>
    public required ushort SourcePort { get; init; }

    /// <summary>The receiver's port.</summary>
    public required ushort DestinationPort { get; init; }

    /// <summary>The number of the first data octet; of the SYN itself, where that is set.</summary>
    public SequenceNumber SequenceNumber { get; init; }

    /// <summary>The next number that the sender expects; counts if ACK is set.</summary>
    public SequenceNumber AcknowledgmentNumber { get; init; }

    /// <summary>The control bits.</summary>
    public TcpFlags Flags { get; init; }

    /// <summary>The window, already scaled down.</summary>
    public ushort Window { get; init; }

    /// <summary>Offset of the octet behind urgent data; counts if URG is set.</summary>
    public ushort UrgentPointer { get; init; }

    /// <summary>The options to write; none by default.</summary>
    public TcpOptions Options { get; init; }

    /// <summary>Octets of the header, options included.</summary>
    public int Length => TcpSegment.MinHeaderLength + Options.Length;

    /// <summary>Writes the header with a checksum of zero, which no receiver accepts: for a caller that computes it later.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets of header written.</returns>
    /// <exception cref="InvalidOperationException">The options do not fit a header.</exception>
    public int WriteTo(Span<byte> destination)
    {
        var length = Length;
        if (length > TcpSegment.MaxHeaderLength) throw new InvalidOperationException("TCP options have at most 40 octets.");
        var header = destination[..length];
        BinaryPrimitives.WriteUInt16BigEndian(header, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], SequenceNumber.Value);
        BinaryPrimitives.WriteUInt32BigEndian(header[8..], AcknowledgmentNumber.Value);
        BinaryPrimitives.WriteUInt16BigEndian(header[12..], (ushort)(((length / 4) << 12) | ((ushort)Flags & 0x01FF)));
        BinaryPrimitives.WriteUInt16BigEndian(header[14..], Window);
        BinaryPrimitives.WriteUInt16BigEndian(header[16..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(header[18..], UrgentPointer);
        Options.WriteTo(header[TcpSegment.MinHeaderLength..]);
        return length;
    }

    /// <summary>Writes the header, with its checksum, in front of data that is already in place.</summary>
    /// <param name="destination">Exactly the segment: <see cref="Length"/> octets, then the data.</param>
    /// <param name="sourceAddress">The packet's source.</param>
    /// <param name="destinationAddress">The packet's final destination.</param>
    /// <returns>Octets of header written.</returns>
    public int WriteTo(Span<byte> destination, IpAddress sourceAddress, IpAddress destinationAddress)
    {
        var length = WriteTo(destination);
        BinaryPrimitives.WriteUInt16BigEndian(
            destination[16..], InternetChecksum.Compute(destination, sourceAddress, destinationAddress, IpProtocol.Tcp));
        return length;
    }
}
