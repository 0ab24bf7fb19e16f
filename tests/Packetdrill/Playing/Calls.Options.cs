using Fathom.Stack.Transport.Tcp;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Calls that set and get options.</summary>
internal sealed partial class Calls
{
    private static CallOutcome Control(ScriptSocket socket, CallAction call)
    {
        if (Argument(call, 1) == 3) return CallOutcome.Done(2 | (socket.IsNonBlocking ? 0x800 : 0));
        if (Argument(call, 1) != 4 || Argument(call, 2) is not { } flags) return CallOutcome.NotApplicable("fcntl() other than F_GETFL and F_SETFL");
        socket.IsNonBlocking = (flags & 0x800) != 0;
        return CallOutcome.Done(0);
    }

    private static CallOutcome InputOutputControl(ScriptSocket socket, CallAction call)
    {
        if (call.Arguments.ElementAtOrDefault(1) is not Expression.Symbol request || socket.Connection is not { } connection) return CallOutcome.NotApplicable("ioctl() with those arguments");
        long? seen = request.Name switch
        {
            "SIOCINQ" or "FIONREAD" => connection.Available,
            "SIOCOUTQ" or "TIOCOUTQ" => connection.Unsent + connection.GetInfo().Unacknowledged,
            "SIOCOUTQNSD" => connection.Unsent,
            _ => null,
        };
        if (seen is not { } value) return CallOutcome.NotApplicable($"ioctl() with {request.Name}");
        return Argument(call, 2) is { } expected && expected != value ? CallOutcome.Wrong(0, $"{request.Name}: expected {expected}, seen {value}") : CallOutcome.Done(0);
    }

    private static string? NameOf(CallAction call) => call.Arguments.ElementAtOrDefault(2) is Expression.Symbol symbol ? symbol.Name : null;

    private CallOutcome SetOption(ScriptSocket socket, CallAction call)
    {
        if (NameOf(call) is not { } name) return CallOutcome.NotApplicable("setsockopt() with those arguments");
        var value = Argument(call, 3);
        var text = call.Arguments.ElementAtOrDefault(3) switch
        {
            Expression.Text written => written.Value,
            Expression.List { Items: [Expression.Text inList] } => inList.Value,
            _ => null,
        };
        var chosen = socket.Options;
        switch (name)
        {
            // What does nothing that a script could see.
            case "SO_REUSEADDR" or "SO_REUSEPORT" or "SO_PRIORITY" or "SO_RCVLOWAT" or "IP_RECVERR" or "IPV6_RECVERR" or "IP_RECVTOS" or "IP_RECVTTL" or "IPV6_V6ONLY" or "IP_BIND_ADDRESS_NO_PORT" or "IP_FREEBIND" or "IPV6_FREEBIND" or "IP_TRANSPARENT":
                return CallOutcome.Done(0);
            case "SO_LINGER":
                return SetLinger(socket, call);
            case "SO_TIMESTAMPING" or "SO_TIMESTAMP" or "SO_TIMESTAMPNS" or "SO_ZEROCOPY":
                return CallOutcome.NotApplicable($"{name}, whose news come through Linux's error queue,");
            case "TCP_CONGESTION" when text is "cubic" or "reno":
                socket.Options = chosen with { Congestion = text == "reno" ? TcpCongestionAlgorithm.Reno : TcpCongestionAlgorithm.Cubic };
                return socket.Connection is null ? CallOutcome.Done(0) : CallOutcome.NotApplicable("the congestion control of a connection that exists cannot be changed");
        }

        if (value is not { } number) return CallOutcome.NotApplicable($"setsockopt() of {name} with that value");
        SocketOptions? changed = name switch
        {
            "TCP_NODELAY" => chosen with { NoDelay = number != 0 },
            "TCP_CORK" => chosen with { Cork = number != 0 },
            "TCP_MAXSEG" => chosen with { MaximumSegmentSize = (int)number },
            "TCP_USER_TIMEOUT" => chosen with { UserTimeout = number == 0 ? null : TimeSpan.FromMilliseconds(number) },
            "TCP_NOTSENT_LOWAT" => chosen with { NotSentLowWatermark = number is 0 or >= int.MaxValue ? null : (int)number },
            "TCP_KEEPIDLE" => chosen with { KeepAliveTimes = chosen.KeepAliveTimes with { Idle = TimeSpan.FromSeconds(number) } },
            "TCP_KEEPINTVL" => chosen with { KeepAliveTimes = chosen.KeepAliveTimes with { Interval = TimeSpan.FromSeconds(number) } },
            "TCP_KEEPCNT" => chosen with { KeepAliveTimes = chosen.KeepAliveTimes with { Count = (int)number } },
            "TCP_SYNCNT" => chosen with { SynRetries = (int)number },

            // The highest port in the upper half, the lowest in the lower one; 0: no limit.
            "IP_LOCAL_PORT_RANGE" when number is >= 0 and <= uint.MaxValue => chosen with { FirstPort = (ushort)number, LastPort = (ushort)(number >> 16) },
            "SO_KEEPALIVE" => chosen with { KeepAlive = number != 0 },
            "SO_RCVBUF" or "SO_RCVBUFFORCE" => chosen with { ReceiveBuffer = (int)Math.Clamp(number, 1152, 1 << 28) },
            "IP_TOS" or "IPV6_TCLASS" => chosen with { TrafficClass = (byte)number },
            "IP_TTL" or "IPV6_UNICAST_HOPS" => chosen with { HopLimit = (byte)number },
            "IP_MTU_DISCOVER" or "IPV6_MTU_DISCOVER" => chosen with { MtuDiscover = number },
            _ => null,
        };
        if (name is "SO_SNDBUF" or "SO_SNDBUFFORCE")
        {
            // Linux doubles it, for its own records.
            socket.Space.Limit = (int)Math.Clamp(number * 2, 4608, 1 << 29);
            socket.Space.IsLocked = true;
            return CallOutcome.Done(0);
        }

        if (name == "TCP_INQ")
        {
            socket.TellsUnread = number != 0;
            return CallOutcome.Done(0);
        }

        if (changed is null) return CallOutcome.NotApplicable($"the socket option {name}");
        socket.Options = changed;
        if (name == "TCP_MAXSEG" && socket.Listener is { Waiting: 0, HalfOpenCount: 0 } listener) return ListenAnew(socket, listener);
        return Apply(socket, name);
    }

    private static CallOutcome Apply(ScriptSocket socket, string name)
    {
        if (socket.Connection is not { } connection) return CallOutcome.Done(0);
        var chosen = socket.Options;
        switch (name)
        {
            case "TCP_NODELAY":
                connection.NoDelay = chosen.NoDelay;
                break;
            case "TCP_CORK":
                connection.Cork = chosen.Cork;
                break;
            case "TCP_USER_TIMEOUT":
                connection.UserTimeout = chosen.UserTimeout;
                break;
            case "TCP_KEEPIDLE" or "TCP_KEEPINTVL" or "TCP_KEEPCNT" or "SO_KEEPALIVE":
                connection.KeepAlive = chosen.KeepAlive ? chosen.KeepAliveTimes : null;
                break;
            case "IP_TOS" or "IPV6_TCLASS":
                connection.Dscp = (byte)(chosen.TrafficClass!.Value >> 2);
                break;
            case "IP_TTL" or "IPV6_UNICAST_HOPS":
                connection.HopLimit = chosen.HopLimit!.Value;
                break;
            case "SO_RCVBUF" or "SO_RCVBUFFORCE" or "TCP_SYNCNT" or "TCP_MAXSEG":
                return CallOutcome.NotApplicable($"{name} on a connection that exists");
        }

        return CallOutcome.Done(0);
    }

    private static CallOutcome SetLinger(ScriptSocket socket, CallAction call)
    {
        var entry = call.Arguments[3] as Expression.Structure ?? (call.Arguments[3] is Expression.List { Items: [var first, ..] } ? first as Expression.Structure : null);
        if (entry?["onoff"] is not { } switched || entry["linger"] is not { } time) return CallOutcome.NotApplicable("SO_LINGER with that value");
        var isOn = Symbols.Evaluate(switched) is not 0;
        var seconds = Symbols.Evaluate(time);
        if (isOn && seconds is not 0) return CallOutcome.NotApplicable("SO_LINGER with a time: close() does not wait here");
        socket.Options = socket.Options with { Linger = isOn ? 0 : null };
        return CallOutcome.Done(0);
    }

    private CallOutcome GetOption(ScriptSocket socket, CallAction call)
    {
        if (NameOf(call) is not { } name) return CallOutcome.NotApplicable("getsockopt() with those arguments");
        var chosen = socket.Options;
        var info = socket.Connection?.GetInfo();
        long? seen = name switch
        {
            "SO_SNDBUF" => socket.Space.Limit,
            "SO_RCVBUF" => chosen.ReceiveBuffer is { } buffer ? buffer * 2L : null,
            "SO_ERROR" => TakeError(socket),
            "SO_TYPE" => socket.Kind == SocketKind.Datagram ? 2 : 1,
            "SO_DOMAIN" => options.IsV6 ? 10 : 2,
            "SO_PROTOCOL" => socket.Kind == SocketKind.Datagram ? 17 : 6,
            "TCP_INFO" => 0,
            "SO_ACCEPTCONN" => socket.Listener is null ? 0 : 1,
            "SO_KEEPALIVE" => chosen.KeepAlive ? 1 : 0,
            "TCP_NODELAY" => chosen.NoDelay ? 1 : 0,
            "TCP_CORK" => chosen.Cork ? 1 : 0,
            "TCP_MAXSEG" => info?.SendSegmentSize ?? chosen.MaximumSegmentSize ?? 536,
            "TCP_NOTSENT_LOWAT" => chosen.NotSentLowWatermark ?? 0,
            "TCP_USER_TIMEOUT" => (long)(chosen.UserTimeout?.TotalMilliseconds ?? 0),
            "TCP_KEEPIDLE" => (long)chosen.KeepAliveTimes.Idle.TotalSeconds,
            "TCP_KEEPINTVL" => (long)chosen.KeepAliveTimes.Interval.TotalSeconds,
            "TCP_KEEPCNT" => chosen.KeepAliveTimes.Count,
            "TCP_INQ" => socket.TellsUnread ? 1 : 0,
            "IP_TOS" or "IPV6_TCLASS" => chosen.TrafficClass ?? 0,
            "IP_TTL" or "IPV6_UNICAST_HOPS" => chosen.HopLimit ?? 64,
            "IP_MTU" or "IPV6_MTU" => info?.PathMtu,
            "IP_MTU_DISCOVER" or "IPV6_MTU_DISCOVER" => chosen.MtuDiscover ?? 1,
            _ => null,
        };
        if (seen is not { } value) return CallOutcome.NotApplicable($"getsockopt() of {name}");
        var expected = Argument(call, 3);

        // The option holds 32 bits: "no low watermark" reads as the largest value where it was written so.
        if (name == "TCP_NOTSENT_LOWAT" && expected is >= int.MaxValue && value == 0) value = expected.Value;
        return expected is { } wanted && wanted != value ? CallOutcome.Wrong(0, $"{name}: expected {wanted}, seen {value}") : CallOutcome.Done(0);
    }

    private static long? TakeError(ScriptSocket socket)
    {
        if (socket.ErrorOf() is not { } errno) return 0;
        socket.ErrorTold = true;
        return Symbols.Evaluate(new Expression.Symbol(errno));
    }
}
