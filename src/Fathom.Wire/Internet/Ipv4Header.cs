using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An IPv4 header to send (RFC 791). Total length and checksum are computed when it is written.</summary>
public readonly record struct Ipv4Header : IWireHeader
{
    /// <summary>Octets that fit behind a header without options: the total length has 16 bits.</summary>
    public const int MaxPayloadLength = 65535 - Ipv4Packet.MinHeaderLength;

    /// <summary>Differentiated services code point, 0 to 63.</summary>
    public byte Dscp { get; init; }

    /// <summary>Explicit congestion notification.</summary>
    public Ecn Ecn { get; init; }

    /// <summary>Ties fragments together.</summary>
    public ushort Identification { get; init; }

    /// <summary>No router may fragment the packet.</summary>
    public bool DontFragment { get; init; }

    /// <summary>Fragments of the same packet follow behind this one.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>Where the payload belongs in the whole packet's, in octets: a multiple of 8, up to 65,528.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>Routers that may forward the packet.</summary>
    public required byte TimeToLive { get; init; }

    /// <summary>What the payload is.</summary>
    public required IpProtocol Protocol { get; init; }

    /// <summary>The sender, IPv4.</summary>
    public required IpAddress Source { get; init; }

    /// <summary>The receiver, IPv4.</summary>
    public required IpAddress Destination { get; init; }

    /// <summary>The options' bytes, up to 40; padded with zeros to a multiple of four when written.</summary>
    public ReadOnlyMemory<byte> Options { get; init; }

    /// <summary>Octets of the header, options and padding included.</summary>
    public int Length => Ipv4Packet.MinHeaderLength + ((Options.Length + 3) & ~3);

    /// <summary>Writes the header in front of a payload that is already in place.</summary>
    /// <param name="destination">Exactly the packet: <see cref="Length"/> octets, then the payload; at most 65,535.</param>
    /// <returns>Octets of header written.</returns>
    /// <exception cref="ArgumentException">The span is shorter than the header, or longer than a packet can be.</exception>
    /// <exception cref="InvalidOperationException">A value does not fit its field.</exception>
    public int WriteTo(Span<byte> destination)
    {
        var length = Length;
        if (destination.Length < length || destination.Length > ushort.MaxValue)
            throw new ArgumentException("The span must hold the header and its payload, up to 65,535 octets.", nameof(destination));
        if (length > Ipv4Packet.MaxHeaderLength) throw new InvalidOperationException("IPv4 options have at most 40 octets.");
        if (Dscp > 63 || (byte)Ecn > 3) throw new InvalidOperationException("A DSCP has 6 bits, ECN has 2.");
        if (FragmentOffset is < 0 or > 65528 || FragmentOffset % 8 != 0)
            throw new InvalidOperationException("A fragment offset is a multiple of 8, up to 65,528.");
        if (!Source.IsV4 || !Destination.IsV4) throw new InvalidOperationException("An IPv4 header has IPv4 addresses.");

        var header = destination[..length];
        header[0] = (byte)(0x40 | (length / 4));
        header[1] = (byte)((Dscp << 2) | (byte)Ecn);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)destination.Length);
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], Identification);
        var flags = (DontFragment ? 0x4000 : 0) | (MoreFragments ? 0x2000 : 0);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)(flags | (FragmentOffset / 8)));
        header[8] = TimeToLive;
        header[9] = (byte)Protocol;
        header[10] = header[11] = 0;
        Source.WriteTo(header[12..]);
        Destination.WriteTo(header[16..]);
        header[Ipv4Packet.MinHeaderLength..].Clear();
        Options.Span.CopyTo(header[Ipv4Packet.MinHeaderLength..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], InternetChecksum.Compute(header));
        return length;
    }
}
