using Fathom.Stack.Transport.Tcp;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Calls that read and write.</summary>
internal sealed partial class Calls
{
    // A script names lengths; nothing stops it from naming two thousand million.
    private const long MaxLength = 256L * 1024 * 1024;

    private const long DontWait = 0x40;
    private const long EndOfRecord = 0x80;
    private const long More = 0x8000;
    private const long Urgent = 1;
    private const long Peek = 2;
    private const long WaitAll = 0x100;
    private const long Truncate = 0x20;
    private const long NoSignal = 0x4000;
    private const long Harmless = DontWait | EndOfRecord | More | Urgent | NoSignal;

    private readonly byte[] _scratch = new byte[64 * 1024];

    private Func<CallOutcome> PrepareRead(ScriptSocket socket, CallAction call)
    {
        var length = LengthOf(call, out var flags, out var message);
        if (length is not { } wanted) return () => CallOutcome.NotApplicable($"{call.Name}() with those arguments");
        if ((flags & ~(DontWait | WaitAll | Peek | Truncate | NoSignal)) != 0) return () => CallOutcome.NotApplicable($"{call.Name}() with the flags {call.Arguments[^1]}");
        if (socket.Kind == SocketKind.Datagram) return () => ReceiveDatagram(socket, wanted, flags);
        var waits = !socket.IsNonBlocking && (flags & DontWait) == 0;
        long got = 0;
        return () =>
        {
            if (socket.Connection is not { } connection) return CallOutcome.Failed("ENOTCONN");
            if (connection.State is TcpState.SynSent && connection.Ending is null) return waits ? CallOutcome.Waits : CallOutcome.Failed("EAGAIN");
            if (IsNull(call, 1) && connection.Available > 0 && wanted > 0) return CallOutcome.Failed("EFAULT");
            got = (flags & Peek) != 0 ? Math.Min(connection.Available, wanted) : got + Take(connection, wanted - got, flags);
            if (got < wanted && (flags & WaitAll) != 0 && !connection.IsReadEnded && connection.Ending is null) return CallOutcome.Waits;
            if (got > 0 || wanted == 0) return Told(socket, connection, message, got);
            if (socket.ErrorOf() is not null) return Fail(socket, "ECONNRESET");
            if (connection.IsReadEnded || connection.Ending is not null || socket.IsReadShut) return Told(socket, connection, message, 0);
            return waits ? CallOutcome.Waits : CallOutcome.Failed("EAGAIN");
        };
    }

    // MSG_TRUNC on a stream takes octets and gives none: all the same here.
    private long Take(TcpConnection connection, long wanted, long flags) => (flags & Truncate) == 0 ? Read(connection, wanted) : Drop(connection, wanted);

    private static long Drop(TcpConnection connection, long wanted)
    {
        var taken = (int)Math.Min(connection.Available, wanted);
        if (taken > 0) connection.Consume(taken);
        return taken;
    }

    private long Read(TcpConnection connection, long wanted)
    {
        long got = 0;
        while (got < wanted)
        {
            var taken = connection.Read(_scratch.AsSpan(0, (int)Math.Min(_scratch.Length, wanted - got)));
            if (taken <= 0) break;
            got += taken;
        }

        return got;
    }

    // recvmsg: the ancillary data that the script says must come back.
    private static CallOutcome Told(ScriptSocket socket, TcpConnection connection, Expression.Structure? message, long got)
    {
        if (message?["msg_control"] is not Expression.List { Items: { Count: > 0 } items }) return CallOutcome.Done(got);
        foreach (var item in items)
        {
            if (item is not Expression.Structure control || control["cmsg_type"] is not Expression.Symbol { Name: "TCP_CM_INQ" } || !socket.TellsUnread)
                return CallOutcome.NotApplicable($"the ancillary data {item}");
            var left = UnreadOf(connection);
            if (control["cmsg_data"] is { } data && Symbols.Evaluate(data) is { } expected && expected != left) return CallOutcome.Wrong(got, $"TCP_CM_INQ: expected {expected}, seen {left}");
        }

        return CallOutcome.Done(got);
    }

    // Linux counts the FIN as one more, so that a reader that asks only for what is there meets the end.
    private static long UnreadOf(TcpConnection connection)
        => connection.Available + (connection.State is TcpState.CloseWait or TcpState.LastAck or TcpState.Closing or TcpState.TimeWait || connection.IsReadEnded ? 1 : 0);

    private Func<CallOutcome> PrepareWrite(ScriptSocket socket, CallAction call)
    {
        var length = LengthOf(call, out var flags, out _);
        if (length is not { } wanted) return () => CallOutcome.NotApplicable($"{call.Name}() with those arguments");
        if ((flags & ~Harmless) != 0) return () => CallOutcome.NotApplicable($"{call.Name}() with the flags {call.Arguments[^1]}");
        if (socket.Kind == SocketKind.Datagram) return () => SendDatagram(socket, call, wanted);
        if (IsNull(call, 1) && wanted > 0) return static () => CallOutcome.Failed("EFAULT");
        return WriteAll(socket, wanted, flags, static _ => { });
    }

    private Func<CallOutcome> WriteAll(ScriptSocket socket, long wanted, long flags, Action<long> taken)
    {
        long written = 0;
        return () =>
        {
            if (socket.Connection is not { } connection) return CallOutcome.Failed("EPIPE");
            var waits = !socket.IsNonBlocking && (flags & DontWait) == 0;
            if (connection.State is TcpState.SynSent or TcpState.SynReceived && connection.Ending is null) return waits ? CallOutcome.Waits : CallOutcome.Failed("EAGAIN");
            while (written < wanted)
            {
                if (!connection.IsWriteOpen) return written > 0 ? CallOutcome.Done(written) : Fail(socket, "EPIPE");
                socket.Space.LargestWindow = Math.Max(socket.Space.LargestWindow, SynWindow);
                var room = socket.Space.Room(connection, wanted - written, LowWatermarkOf(socket));
                if (room == 0 || (socket.Space.IsLacking && waits && !socket.Space.IsWorthTelling(connection, LowWatermarkOf(socket))))
                {
                    socket.Space.Lack(connection);
                    if (waits) return CallOutcome.Waits;
                    return written > 0 ? CallOutcome.Done(written) : CallOutcome.Failed("EAGAIN");
                }

                socket.Space.Suffice();
                var part = (int)Math.Min(room, wanted - written);
                var accepted = connection.Write(new byte[part], OptionsOf(flags, isWhole: written + part == wanted));
                if (accepted <= 0) return written > 0 ? CallOutcome.Done(written) : Fail(socket, "EPIPE");
                written += accepted;
                taken(accepted);

                // Linux sends a chunk as soon as it is full, and goes on with the write.
                if (written < wanted) host.PumpQuietly();
            }

            return CallOutcome.Done(written);
        };
    }

    // What a flag says of the end of the data holds for the last part only; the parts before it are whole segments.
    private static TcpWriteOptions OptionsOf(long flags, bool isWhole) => !isWhole
        ? TcpWriteOptions.None
        : ((flags & More) != 0 ? TcpWriteOptions.More : TcpWriteOptions.None)
            | ((flags & EndOfRecord) != 0 ? TcpWriteOptions.EndOfRecord : TcpWriteOptions.None)
            | ((flags & Urgent) != 0 ? TcpWriteOptions.Urgent : TcpWriteOptions.None);

    private int? LowWatermarkOf(ScriptSocket socket) => socket.Options.NotSentLowWatermark ?? configuration.NotSentLowWatermark;

    private Func<CallOutcome> PrepareSendFile(CallAction call)
    {
        if (Argument(call, 0) is not { } output || Argument(call, 1) is not { } input || Argument(call, 3) is not { } wanted
            || !_sockets.TryGetValue(output, out var socket) || !_sockets.TryGetValue(input, out var file) || file.Kind != SocketKind.File) return static () => CallOutcome.Failed("EBADF");
        Current = socket;
        var offset = Argument(call, 2) ?? 0;
        return WriteAll(socket, Math.Clamp(file.FileLeft - offset, 0, wanted), 0, static _ => { });
    }

    /// <summary>How many octets a call asks for, with its flags and its message structure; null where the arguments are not understood.</summary>
    private static long? LengthOf(CallAction call, out long flags, out Expression.Structure? message)
    {
        flags = 0;
        message = null;
        long? length;
        switch (call.Name)
        {
            case "sendmsg" or "recvmsg":
                message = call.Arguments.ElementAtOrDefault(1) as Expression.Structure;
                length = message?["msg_iov"] is { } vector ? Sum(vector) : null;
                flags = Argument(call, 2) ?? 0;
                break;
            case "readv" or "writev":
                length = call.Arguments.ElementAtOrDefault(1) is { } list ? Sum(list) : null;
                break;
            case "read" or "write":
                length = Argument(call, 2);
                break;
            default:
                length = Argument(call, 2);
                if (call.Arguments.Count > 3 && Argument(call, 3) is not { } known) return null;
                else flags = Argument(call, 3) ?? 0;
                break;
        }

        return length is >= 0 and <= MaxLength ? length : null;
    }

    private static long? Sum(Expression vector)
    {
        if (vector is not Expression.List list) return null;
        long sum = 0;
        foreach (var item in list.Items)
        {
            if (item is not Expression.Structure { Items: [_, var length] } || Symbols.Evaluate(length) is not { } octets) return null;
            sum += octets;
        }

        return sum;
    }
}
