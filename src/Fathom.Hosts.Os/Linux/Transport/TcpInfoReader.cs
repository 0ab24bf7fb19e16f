using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Transport;

/// <summary>
/// Reads struct tcp_info (linux/tcp.h). Older kernels fill in less of it: what lies beyond is null. The offsets are the same on every
/// machine; its two pairs of bit fields are not read alike on big-endian ones, which Fathom does not run on.
/// </summary>
internal static class TcpInfoReader
{
    /// <summary>Room for the struct of today's kernels (280 octets on Linux 6.18) and some growth.</summary>
    public const int Capacity = 512;

    private const byte TimestampsOption = 1; // TCPI_OPT_TIMESTAMPS
    private const byte SackOption = 2; // TCPI_OPT_SACK
    private const byte WindowScaleOption = 4; // TCPI_OPT_WSCALE
    private const byte EcnOption = 8; // TCPI_OPT_ECN
    private const byte SynSent = 2;
    private const byte FinWait2 = 5;

    // Names of RFC 9293 §3.3.2 by the kernel's TCP_* numbers (net/tcp_states.h).
    private static readonly string[] States =
    [
        "", "ESTABLISHED", "SYN-SENT", "SYN-RECEIVED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSED",
        "CLOSE-WAIT", "LAST-ACK", "LISTEN", "CLOSING", "SYN-RECEIVED",
    ];

    /// <summary>The state's name for a TCP_* number of the kernel, or null.</summary>
    public static string? StateName(byte state) => state < States.Length && state > 0 ? States[state] : null;

    /// <summary>True for a socket that has no connection any more, or never got one.</summary>
    public static bool IsClosed(ReadOnlySpan<byte> info) => info.Length > 0 && info[0] == 7;

    /// <summary>True for a socket whose handshake is complete.</summary>
    public static bool IsOpen(ReadOnlySpan<byte> info) => info.Length > 0 && info[0] is 1 or 4 or 5 or 6 or 8 or 9 or 11;

    /// <summary>Asks the kernel for the octets. A failure gives none.</summary>
    public static ReadOnlySpan<byte> Ask(NativeSocket socket, Span<byte> buffer)
    {
        var length = socket.GetOption(IPPROTO_TCP, TCP_INFO, buffer);
        return length < 0 ? default : buffer[..length];
    }

    /// <summary>Reads the figures.</summary>
    /// <param name="info">The octets that the kernel filled in.</param>
    /// <param name="isInitiator">This end sent the SYN, which the kernel counts as an acknowledged octet.</param>
    public static TcpConnectionInfo Read(ReadOnlySpan<byte> info, bool isInitiator)
    {
        if (info.Length < 8) return new TcpConnectionInfo();
        var state = info[0];
        var options = info[5];
        var agreed = state != SynSent; // before the SYN-ACK the options are only offered
        var scaled = agreed && (options & WindowScaleOption) != 0;
        return new TcpConnectionInfo
        {
            State = StateName(state),
            ConsecutiveTimeouts = info[2],
            Timestamps = agreed ? (options & TimestampsOption) != 0 : null,
            SelectiveAcknowledgment = agreed ? (options & SackOption) != 0 : null,
            ExplicitCongestionNotification = agreed ? (options & EcnOption) != 0 : null,
            SendWindowScale = scaled ? info[6] & 0xF : null,
            ReceiveWindowScale = scaled ? info[6] >> 4 : null,
            RetransmissionTimeout = Microseconds(info, 8),
            SendMaximumSegmentSize = Number(info, 16),
            ReceiveMaximumSegmentSize = Number(info, 20),
            Unacknowledged = Number(info, 24),
            PathMtu = Number(info, 60) is > 0 and var mtu ? mtu : null,
            SmoothedRoundTrip = Microseconds(info, 68), // 0: no sample yet
            RoundTripVariation = Microseconds(info, 68) is null ? null : Microseconds(info, 72),
            CongestionWindow = Number(info, 80),
            Retransmissions = Number(info, 100),
            BytesAcknowledged = Long(info, 120) is { } acknowledged ? Math.Max(0, acknowledged - ControlOctets(state, isInitiator)) : null,
            BytesReceived = Long(info, 128),
            SegmentsOut = Number(info, 136),
            SegmentsIn = Number(info, 140),
            MinimumRoundTrip = Microseconds(info, 148),
        };
    }

    // SYN and FIN take a sequence number each (RFC 9293 §3.4), and tcpi_bytes_acked counts those.
    private static int ControlOctets(byte state, bool isInitiator) => (isInitiator ? 1 : 0) + (state == FinWait2 ? 1 : 0);

    private static int? Number(ReadOnlySpan<byte> info, int offset)
        => info.Length >= offset + 4 ? (int)Math.Min(HostOrder.ReadUInt32(info, offset), int.MaxValue) : null;

    private static long? Long(ReadOnlySpan<byte> info, int offset)
        => info.Length >= offset + 8 ? (long)Math.Min(HostOrder.ReadUInt64(info, offset), long.MaxValue) : null;

    // 0 and all ones stand for "not measured".
    private static TimeSpan? Microseconds(ReadOnlySpan<byte> info, int offset)
    {
        if (info.Length < offset + 4) return null;
        var value = HostOrder.ReadUInt32(info, offset);
        return value is 0 or uint.MaxValue ? null : TimeSpan.FromMicroseconds(value);
    }
}
