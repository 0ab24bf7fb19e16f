using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Internet;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>Reads a socket's error queue (ip(7), IP_RECVERR): the ICMP errors that the kernel matched to it.</summary>
internal sealed class ErrorQueue(NativeSocket socket, ArrivalClock clock)
{
    // What a report may quote: RFC 4443 §2.4(c) bounds an ICMPv6 error by the minimum MTU, RFC 1812 §4.3.2.3 an ICMP one by 576.
    private const int QuoteCapacity = 1280;

    // The kernel bounds the queue by the socket's receive buffer. This bounds one call, should errors come as fast as they are read.
    private const int BatchLimit = 1024;

    private readonly byte[] _quote = new byte[QuoteCapacity];

    /// <summary>Switches the queue on. Returns 0 or a negative errno.</summary>
    public static int Enable(NativeSocket socket, IpVersion version)
    {
        // Where extension structures begin is told since Linux 5.9; without it they stay unknown.
        _ = version == IpVersion.V6 ? socket.SetOption(IPPROTO_IPV6, IPV6_RECVERR_RFC4884, 1) : socket.SetOption(IPPROTO_IP, IP_RECVERR_RFC4884, 1);
        return version == IpVersion.V6 ? socket.SetOption(IPPROTO_IPV6, IPV6_RECVERR, 1) : socket.SetOption(IPPROTO_IP, IP_RECVERR, 1);
    }

    /// <summary>Empties the queue: one wake-up can stand for many errors. Returns how many were appended.</summary>
    public int Drain(Queue<NetworkError> errors)
    {
        var read = 0;
        for (var i = 0; i < BatchLimit; i++)
        {
            var count = socket.Receive(_quote, MSG_ERRQUEUE | MSG_DONTWAIT, out var message);
            if (count < 0) break;
            if (message.Error is not { } error) continue;
            if (Convert(error, message, _quote.AsSpan(0, Math.Min(count, _quote.Length))) is not { } converted) continue;
            errors.Enqueue(converted);
            read++;
        }

        return read;
    }

    private NetworkError? Convert(ExtendedError error, ReceivedMessage message, ReadOnlySpan<byte> quote)
    {
        var origin = error.Origin switch
        {
            ExtendedError.OriginLocal => NetworkErrorOrigin.Local,
            ExtendedError.OriginIcmp => NetworkErrorOrigin.Icmp,
            ExtendedError.OriginIcmpv6 => NetworkErrorOrigin.Icmpv6,
            _ => (NetworkErrorOrigin?)null, // transmit time stamps and zero-copy notices share the queue
        };
        if (origin is not { } known) return null;
        var reporter = known == NetworkErrorOrigin.Local ? null : error.Offender;
        int? mtu = error.Error == Errno.MessageSize && error.Info is > 0 and <= int.MaxValue ? (int)error.Info : null;
        var isReport = LocalReports.IsLocal(reporter, message.Name?.Address);
        if (isReport) (known, reporter) = (NetworkErrorOrigin.Local, null);
        var isLocal = known == NetworkErrorOrigin.Local;
        return new NetworkError(
            known,
            isLocal && !isReport ? (byte)0 : error.Type,
            isLocal && !isReport ? (byte)0 : error.Code,
            reporter,
            message.Name,
            mtu,
            error.Error,
            clock.ToTicks(message.WallNanoseconds),
            quote.ToArray())
        {
            HopLimit = isLocal ? null : message.HopLimit,
            Extensions = error.ExtensionOffset > 0 && error.ExtensionOffset < quote.Length ? quote[error.ExtensionOffset..].ToArray() : default,
        };
    }
}
