using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Transport;

/// <summary>A UDP datagram (RFC 768), cut to its length. The checksum is observed, not required.</summary>
public readonly ref struct UdpDatagram : IWireView<UdpDatagram>
{
    /// <summary>Octets before the payload.</summary>
    public const int HeaderLength = 8;

    private const string Name = "UDP";

    private static readonly FieldSpec[] Rows =
    [
        new("sourcePort", 0, 16, "RFC 768"),
        new("destinationPort", 16, 16, "RFC 768"),
        new("length", 32, 16, "RFC 768"),
        new("checksum", 48, 16, "RFC 768"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private UdpDatagram(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The sender's port; 0 where no answer is wanted.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The length that the header states, in octets, header included.</summary>
    public ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>The checksum as it stands; 0 means that the sender computed none.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>True if the sender computed a checksum. IPv6 requires one (RFC 8200 §8.1; exceptions: RFC 6935).</summary>
    public bool HasChecksum => Checksum != 0;

    /// <summary>What the datagram carries, without link padding.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>The whole datagram.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>
    /// True if the datagram is intact by its checksum. Without one: true over IPv4, false over IPv6. A datagram that is cut is not intact.
    /// </summary>
    /// <param name="source">The packet's source.</param>
    /// <param name="destination">The packet's final destination.</param>
    public bool ChecksumIsValid(IpAddress source, IpAddress destination)
        => HasChecksum ? InternetChecksum.Verify(_bytes, source, destination, IpProtocol.Udp) : source.IsV4 && destination.IsV4;

    /// <summary>The view over octets that were checked before, cut as the check cut them.</summary>
    internal static UdpDatagram FromChecked(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out UdpDatagram view, out WireError error)
    {
        if (TryReadTruncated(bytes, out view, out error) && !error.IsError) return true;
        view = default;
        return false;
    }

    /// <summary>
    /// Reads a datagram whose end may be missing, as an ICMP error quotes it or a capture cuts it. True with an error
    /// means: the header is whole, the payload is what is there.
    /// </summary>
    /// <param name="bytes">From the source port on.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">What is missing or wrong.</param>
    public static bool TryReadTruncated(ReadOnlySpan<byte> bytes, out UdpDatagram view, out WireError error)
    {
        error = default;
        if (TryReadWhole(bytes, out view)) return true;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort(Name, 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        error = length < HeaderLength
            ? WireError.BadLength(Name, 4, HeaderLength, length, LengthSource.TotalLength, "length")
            : WireError.TooShort(Name, HeaderLength, length - HeaderLength, bytes.Length - HeaderLength, "payload");
        view = new UdpDatagram(bytes);
        return true;
    }

    /// <summary>Reads a datagram that is whole: the ordinary one, about which there is nothing to say. False for any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadWhole(ReadOnlySpan<byte> bytes, out UdpDatagram view)
    {
        view = default;
        if (bytes.Length < HeaderLength) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (length < HeaderLength || length > bytes.Length) return false;
        view = new UdpDatagram(bytes[..length]);
        return true;
    }
}
