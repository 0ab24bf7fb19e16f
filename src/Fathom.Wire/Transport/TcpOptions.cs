using System.Buffers.Binary;

namespace Fathom.Wire.Transport;

/// <summary>The TCP options that a stack acts on, as values. The default value has none.</summary>
public readonly record struct TcpOptions
{
    /// <summary>Octets that fit behind the fixed header.</summary>
    public const int MaxLength = TcpSegment.MaxHeaderLength - TcpSegment.MinHeaderLength;

    /// <summary>Maximum segment size in octets (RFC 9293 §3.7.1), or null.</summary>
    public ushort? MaximumSegmentSize { get; init; }

    /// <summary>Window scale shift as it stands (RFC 7323 §2), or null.</summary>
    public byte? WindowScale { get; init; }

    /// <summary>SACK may be sent to the sender (RFC 2018 §2).</summary>
    public bool SackPermitted { get; init; }

    /// <summary>Timestamps (RFC 7323 §3), or null.</summary>
    public TcpTimestamps? Timestamps { get; init; }

    /// <summary>Selective acknowledgment blocks (RFC 2018 §3).</summary>
    public TcpSackBlocks SackBlocks { get; init; }

    /// <summary>Fast open cookie (RFC 7413), or null; the empty cookie asks for one.</summary>
    public TcpFastOpenCookie? FastOpenCookie { get; init; }

    /// <summary>User timeout in seconds (RFC 5482), or null. Above 32,767 it is written in minutes, rounded up.</summary>
    public uint? UserTimeoutSeconds { get; init; }

    /// <summary>Octets that the options take when written: a multiple of four.</summary>
    public int Length
        => (MaximumSegmentSize is null ? 0 : 4)
        + (Timestamps is null ? (SackPermitted ? 4 : 0) : 12)
        + (WindowScale is null ? 0 : 4)
        + (UserTimeoutSeconds is null ? 0 : 4)
        + (FastOpenCookie is { } cookie ? (2 + cookie.Length + 3) & ~3 : 0)
        + (SackBlocks.Count == 0 ? 0 : 4 + (8 * SackBlocks.Count));

    /// <summary>
    /// Reads what there is. Unknown options, and known ones of a wrong length, are skipped; of options that come
    /// twice the last one counts. Reading ends at damage.
    /// </summary>
    /// <param name="options">The options' bytes, <see cref="TcpSegment.Options"/>.</param>
    public static TcpOptions Read(ReadOnlySpan<byte> options)
    {
        ushort? maximumSegmentSize = null;
        byte? windowScale = null;
        var sackPermitted = false;
        TcpTimestamps? timestamps = null;
        TcpSackBlocks blocks = default;
        TcpFastOpenCookie? cookie = null;
        uint? userTimeout = null;
        foreach (var option in new TcpOptionEnumerator(options))
        {
            if (option.TryGetMaximumSegmentSize(out var size)) maximumSegmentSize = size;
            else if (option.TryGetWindowScale(out var shift)) windowScale = shift;
            else if (option.TryGetTimestamps(out var stamps)) timestamps = stamps;
            else if (option.TryGetUserTimeout(out var seconds)) userTimeout = seconds;
            else if (option.TryGetFastOpenCookie(out var found)) cookie = found;
            else if (option.SackBlockCount > 0) blocks = TcpSackBlocks.Read(option);
            else if (option.Kind == TcpOptionKind.SackPermitted && option.Bytes.Length == 2) sackPermitted = true;
        }

        return new TcpOptions
        {
            MaximumSegmentSize = maximumSegmentSize,
            WindowScale = windowScale,
            SackPermitted = sackPermitted,
            Timestamps = timestamps,
            SackBlocks = blocks,
            FastOpenCookie = cookie,
            UserTimeoutSeconds = userTimeout,
        };
    }

    /// <summary>Writes the options, each padded in front to a multiple of four (RFC 7323 appendix A), timestamps with SACK-permitted in one.</summary>
    /// <param name="destination">At least <see cref="Length"/> octets.</param>
    /// <returns>Octets written.</returns>
    public int WriteTo(Span<byte> destination)
    {
        var length = Length;
        destination = destination[..length];
        destination.Fill((byte)TcpOptionKind.NoOperation);
        if (MaximumSegmentSize is { } size)
        {
            Start(destination, TcpOptionKind.MaximumSegmentSize, 4);
            BinaryPrimitives.WriteUInt16BigEndian(destination[2..], size);
            destination = destination[4..];
        }

        if (SackPermitted) Start(Timestamps is null ? destination[2..] : destination, TcpOptionKind.SackPermitted, 2);
        if (Timestamps is { } timestamps)
        {
            Start(destination[2..], TcpOptionKind.Timestamps, 10);
            BinaryPrimitives.WriteUInt32BigEndian(destination[4..], timestamps.Value);
            BinaryPrimitives.WriteUInt32BigEndian(destination[8..], timestamps.EchoReply);
            destination = destination[12..];
        }
        else if (SackPermitted)
        {
            destination = destination[4..];
        }

        if (WindowScale is { } shift)
        {
            Start(destination[1..], TcpOptionKind.WindowScale, 3);
            destination[3] = shift;
            destination = destination[4..];
        }

        if (UserTimeoutSeconds is { } seconds)
        {
            Start(destination, TcpOptionKind.UserTimeout, 4);
            BinaryPrimitives.WriteUInt16BigEndian(destination[2..], EncodeUserTimeout(seconds));
            destination = destination[4..];
        }

        destination = WriteFastOpenCookie(destination);
        WriteSackBlocks(destination);
        return length;
    }

    private Span<byte> WriteFastOpenCookie(Span<byte> destination)
    {
        if (FastOpenCookie is not { } cookie) return destination;
        var length = 2 + cookie.Length;
        var padded = (length + 3) & ~3;
        var option = destination[(padded - length)..];
        Start(option, TcpOptionKind.FastOpen, length);
        cookie.WriteTo(option[2..]);
        return destination[padded..];
    }

    private void WriteSackBlocks(Span<byte> destination)
    {
        if (SackBlocks.Count == 0) return;
        Start(destination[2..], TcpOptionKind.Sack, 2 + (8 * SackBlocks.Count));
        for (var i = 0; i < SackBlocks.Count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[(4 + (8 * i))..], SackBlocks[i].Left.Value);
            BinaryPrimitives.WriteUInt32BigEndian(destination[(8 + (8 * i))..], SackBlocks[i].Right.Value);
        }
    }

    private static void Start(Span<byte> option, TcpOptionKind kind, int length)
    {
        option[0] = (byte)kind;
        option[1] = (byte)length;
    }

    private static ushort EncodeUserTimeout(uint seconds)
    {
        // RFC 5482 §3: fifteen bits, of seconds or, with the first bit set, of minutes.
        if (seconds <= 0x7FFF) return (ushort)seconds;
        var minutes = Math.Min((seconds + 59UL) / 60, 0x7FFF);
        return (ushort)(0x8000 | minutes);
    }
}
