using System.Buffers.Binary;

namespace Fathom.Wire.Transport;

/// <summary>One TCP option (RFC 9293 §3.2). A typed reader answers false for another kind or a wrong length.</summary>
public readonly ref struct TcpOption
{
    internal TcpOption(int offset, ReadOnlySpan<byte> bytes)
    {
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Octets from the start of the options.</summary>
    public int Offset { get; }

    /// <summary>The whole option, kind and length octets included.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What the option is.</summary>
    public TcpOptionKind Kind => (TcpOptionKind)Bytes[0];

    /// <summary>What follows kind and length; empty for end of list and no operation. For MD5 and authentication it is opaque.</summary>
    public ReadOnlySpan<byte> Data => Bytes.Length > 2 ? Bytes[2..] : default;

    /// <summary>Blocks in a SACK option, 0 to 4 where it is right; 0 for any other kind.</summary>
    public int SackBlockCount => Kind == TcpOptionKind.Sack && Data.Length % 8 == 0 ? Data.Length / 8 : 0;

    /// <summary>Reads the maximum segment size in octets.</summary>
    /// <param name="size">The size, or 0.</param>
    public bool TryGetMaximumSegmentSize(out ushort size)
    {
        var ok = Is(TcpOptionKind.MaximumSegmentSize, 4);
        size = ok ? BinaryPrimitives.ReadUInt16BigEndian(Data) : (ushort)0;
        return ok;
    }

    /// <summary>Reads the window scale as it stands; above 14 a receiver uses 14 (RFC 7323 §2.3).</summary>
    /// <param name="shift">The shift count, or 0.</param>
    public bool TryGetWindowScale(out byte shift)
    {
        var ok = Is(TcpOptionKind.WindowScale, 3);
        shift = ok ? Bytes[2] : (byte)0;
        return ok;
    }

    /// <summary>Reads timestamps.</summary>
    /// <param name="timestamps">Value and echo reply, or the default.</param>
    public bool TryGetTimestamps(out TcpTimestamps timestamps)
    {
        var ok = Is(TcpOptionKind.Timestamps, 10);
        timestamps = ok
            ? new TcpTimestamps(BinaryPrimitives.ReadUInt32BigEndian(Bytes[2..]), BinaryPrimitives.ReadUInt32BigEndian(Bytes[6..]))
            : default;
        return ok;
    }

    /// <summary>Reads one block of a SACK option.</summary>
    /// <param name="index">From 0 to <see cref="SackBlockCount"/>, less one.</param>
    public TcpSackBlock GetSackBlock(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, SackBlockCount);
        var block = Data.Slice(8 * index, 8);
        return new TcpSackBlock(
            new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(block)),
            new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(block[4..])));
    }

    /// <summary>Reads the user timeout (RFC 5482 §3).</summary>
    /// <param name="seconds">Seconds, minutes converted; or 0.</param>
    public bool TryGetUserTimeout(out uint seconds)
    {
        var ok = Is(TcpOptionKind.UserTimeout, 4);
        var value = ok ? BinaryPrimitives.ReadUInt16BigEndian(Data) : 0u;
        seconds = (value & 0x8000) != 0 ? (value & 0x7FFF) * 60 : value;
        return ok;
    }

    /// <summary>Reads a fast open cookie; an empty one asks for a cookie (RFC 7413 §4.1.1).</summary>
    /// <param name="cookie">The cookie, or the default.</param>
    public bool TryGetFastOpenCookie(out TcpFastOpenCookie cookie)
    {
        cookie = default;
        return Kind == TcpOptionKind.FastOpen && TcpFastOpenCookie.TryMake(Data, out cookie);
    }

    /// <summary>Reads the subtype of a multipath option (RFC 8684 §3).</summary>
    /// <param name="subtype">The subtype, or the default.</param>
    public bool TryGetMultipathSubtype(out MultipathSubtype subtype)
    {
        var ok = Kind == TcpOptionKind.MultipathTcp && Bytes.Length > 2;
        subtype = ok ? (MultipathSubtype)(Bytes[2] >> 4) : default;
        return ok;
    }

    /// <summary>Reads an authentication option (RFC 5925 §2.2).</summary>
    /// <param name="keyId">The key by which the segment is signed.</param>
    /// <param name="nextKeyId">The key that the sender is ready to hear.</param>
    /// <param name="mac">The message authentication code, or none.</param>
    public bool TryGetAuthentication(out byte keyId, out byte nextKeyId, out ReadOnlySpan<byte> mac)
    {
        var ok = Kind == TcpOptionKind.Authentication && Bytes.Length >= 4;
        keyId = ok ? Bytes[2] : (byte)0;
        nextKeyId = ok ? Bytes[3] : (byte)0;
        mac = ok ? Bytes[4..] : default;
        return ok;
    }

    private bool Is(TcpOptionKind kind, int length) => Kind == kind && Bytes.Length == length;
}
