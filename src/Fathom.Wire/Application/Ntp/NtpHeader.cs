using System.Buffers.Binary;

namespace Fathom.Wire.Application.Ntp;

/// <summary>An NTP packet to send (RFC 5905 §7.3), without extension fields. A client needs the defaults and a transmit timestamp.</summary>
public readonly record struct NtpHeader : IWireHeader
{
    /// <summary>A client's question of version 4.</summary>
    public NtpHeader()
    {
    }

    /// <summary>Whether a leap second comes.</summary>
    public NtpLeap Leap { get; init; }

    /// <summary>The version, 1 to 4.</summary>
    public byte Version { get; init; } = 4;

    /// <summary>Who speaks to whom.</summary>
    public NtpMode Mode { get; init; } = NtpMode.Client;

    /// <summary>How far the clock is from a reference clock.</summary>
    public byte Stratum { get; init; }

    /// <summary>The longest time between two packets, as a power of two of seconds.</summary>
    public sbyte Poll { get; init; }

    /// <summary>The clock's precision, as a power of two of seconds.</summary>
    public sbyte Precision { get; init; }

    /// <summary>The round trip to the reference clock, in units of 2^-16 s.</summary>
    public uint RootDelay { get; init; }

    /// <summary>The error against the reference clock, in units of 2^-16 s.</summary>
    public uint RootDispersion { get; init; }

    /// <summary>The reference clock.</summary>
    public uint ReferenceId { get; init; }

    /// <summary>When the clock was last set.</summary>
    public NtpTimestamp ReferenceTimestamp { get; init; }

    /// <summary>In an answer: the question's transmit timestamp.</summary>
    public NtpTimestamp OriginTimestamp { get; init; }

    /// <summary>In an answer: when the question arrived.</summary>
    public NtpTimestamp ReceiveTimestamp { get; init; }

    /// <summary>When the packet is sent. A client may put in anything, and looks for it in the answer (RFC 9769 §4).</summary>
    public NtpTimestamp TransmitTimestamp { get; init; }

    /// <summary>Octets: 48.</summary>
    public int Length => NtpPacket.HeaderLength;

    /// <inheritdoc/>
    public int WriteTo(Span<byte> destination)
    {
        destination[0] = (byte)(((byte)Leap << 6) | ((Version & 7) << 3) | ((byte)Mode & 7));
        destination[1] = Stratum;
        destination[2] = (byte)Poll;
        destination[3] = (byte)Precision;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], RootDelay);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], RootDispersion);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], ReferenceId);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], ReferenceTimestamp.Value);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], OriginTimestamp.Value);
        BinaryPrimitives.WriteUInt64BigEndian(destination[32..], ReceiveTimestamp.Value);
        BinaryPrimitives.WriteUInt64BigEndian(destination[40..], TransmitTimestamp.Value);
        return Length;
    }
}
