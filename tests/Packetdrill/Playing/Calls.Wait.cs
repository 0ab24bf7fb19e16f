using Fathom.Stack.Transport.Tcp;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Calls that wait for readiness.</summary>
internal sealed partial class Calls
{
    private const long In = 1;
    private const long Out = 4;
    private const long Error = 8;
    private const long HangUp = 0x10;
    private const long Normal = 0x40;
    private const long WriteNormal = 0x100;
    private const long ReadHangUp = 0x2000;
    private const long OneShot = 1 << 30;
    private const long EdgeTriggered = 1L << 31;

    private Func<CallOutcome> PreparePoll(CallAction call)
    {
        if (call.Arguments is not [Expression.List list, _, _] || Argument(call, 2) is not { } wait) return static () => CallOutcome.NotApplicable("poll() with those arguments");
        var end = host.Now + TimeSpan.FromMilliseconds(Math.Max(0, wait));
        return () =>
        {
            var ready = 0;
            string? wrong = null;
            foreach (var item in list.Items)
            {
                if (item is not Expression.Structure entry || entry["fd"] is not { } fd || Symbols.Evaluate(fd) is not { } descriptor) return CallOutcome.NotApplicable($"poll() of {item}");
                if (entry["events"] is not { } asked || Symbols.Evaluate(asked) is not { } events) return CallOutcome.NotApplicable($"poll() of {item}");
                var seen = _sockets.TryGetValue(descriptor, out var socket) ? EventsOf(socket) & (events | Error | HangUp) : 0x20;
                if (seen != 0) ready++;
                if (entry["revents"] is { } told && Symbols.Evaluate(told) is { } expected && expected != seen) wrong = $"revents: expected {Symbols.Events(expected)}, seen {Symbols.Events(seen)}";
            }

            if (ready == 0 && wait != 0 && (wait < 0 || host.Now < end)) return Wait(wait < 0 ? null : end);
            return wrong is null ? CallOutcome.Done(ready) : CallOutcome.Wrong(ready, wrong);
        };
    }

    private CallOutcome Wait(TimeSpan? until)
    {
        WaitUntil = until;
        return CallOutcome.Waits;
    }

    /// <summary>When a waiting call gives up by itself; null: never.</summary>
    public TimeSpan? WaitUntil { get; private set; }

    // What poll would say of a socket, as Linux does.
    private long EventsOf(ScriptSocket socket)
    {
        if (socket.Listener is { } listener) return (listener.Readiness & Fathom.Stack.Sockets.SocketReadiness.Readable) != 0 ? In | Normal : 0;
        if (socket.Kind == SocketKind.Datagram) return DatagramEvents(socket);
        if (socket.Connection is not { } connection) return Out | WriteNormal | HangUp;
        long events = 0;
        var hasEnded = connection.Ending is not null;
        if (socket.ErrorOf() is not null) events |= Error;
        var readEnded = connection.IsReadEnded || socket.IsReadShut || hasEnded || connection.State is TcpState.CloseWait or TcpState.LastAck or TcpState.Closing or TcpState.TimeWait;
        if (hasEnded || (readEnded && !connection.IsWriteOpen)) events |= HangUp;
        if (readEnded) events |= In | Normal | ReadHangUp;
        if (connection.State is TcpState.SynSent or TcpState.SynReceived && !hasEnded) return events;
        if (connection.Available > 0) events |= In | Normal;
        if (!connection.IsWriteOpen) events |= Out | WriteNormal;
        else if (socket.Space.IsWorthTelling(connection, LowWatermarkOf(socket))) events |= Out | WriteNormal;
        else socket.Space.Lack(connection);
        return events;
    }

    private CallOutcome EpollControl(ScriptSocket set, CallAction call)
    {
        if (Argument(call, 1) is not { } operation || Argument(call, 2) is not { } descriptor) return CallOutcome.NotApplicable("epoll_ctl() with those arguments");
        if (!_sockets.TryGetValue(descriptor, out var socket)) return CallOutcome.Failed("EBADF");
        var present = set.EpollItems.Find(i => i.Descriptor == descriptor);
        if (operation == 2)
        {
            if (present is null) return CallOutcome.Failed("ENOENT");
            set.EpollItems.Remove(present);
            return CallOutcome.Done(0);
        }

        if (call.Arguments.ElementAtOrDefault(3) is not Expression.Structure entry || entry["events"] is not { } asked || Symbols.Evaluate(asked) is not { } events)
            return CallOutcome.NotApplicable("epoll_ctl() with those arguments");
        if (operation == 1 == present is not null) return CallOutcome.Failed(operation == 1 ? "EEXIST" : "ENOENT");
        if (present is null) set.EpollItems.Add(present = new EpollItem { Descriptor = descriptor, Socket = socket });
        present.Events = events;
        present.Data = DataOf(entry) ?? descriptor;
        present.IsNews = true;
        present.Received = socket.Connection?.GetInfo().OctetsReceived ?? 0;
        return CallOutcome.Done(0);
    }

    private Func<CallOutcome> PrepareEpollWait(ScriptSocket set, CallAction call)
    {
        if (Argument(call, 3) is not { } wait) return static () => CallOutcome.NotApplicable("epoll_wait() with those arguments");
        var expected = call.Arguments[1] switch
        {
            Expression.Structure only => [only],
            Expression.List list => list.Items.OfType<Expression.Structure>().ToArray(),
            _ => [],
        };
        var end = host.Now + TimeSpan.FromMilliseconds(Math.Max(0, wait));
        return () =>
        {
            var ready = new List<(EpollItem Item, long Events)>();
            foreach (var item in set.EpollItems)
            {
                var events = EventsOf(item.Socket) & (item.Events | Error | HangUp) & 0xFFFF;
                if (events != 0 && (item.IsNews || (item.Events & EdgeTriggered) == 0)) ready.Add((item, events));
            }

            if (ready.Count == 0 && wait != 0 && (wait < 0 || host.Now < end)) return Wait(wait < 0 ? null : end);
            for (var i = 0; i < ready.Count; i++)
            {
                var (item, events) = ready[i];
                item.IsNews = false;
                if ((item.Events & OneShot) != 0) item.Events = 0;
                if (i >= expected.Length) continue;
                if (expected[i]["events"] is { } told && Symbols.Evaluate(told) is { } wanted && wanted != events) return CallOutcome.Wrong(ready.Count, $"events: expected {Symbols.Events(wanted)}, seen {Symbols.Events(events)}");
                if (DataOf(expected[i]) is { } data && data != item.Data) return CallOutcome.Wrong(ready.Count, $"data: expected {data}, seen {item.Data}");
            }

            return CallOutcome.Done(ready.Count);
        };
    }

    // An edge: octets arrived, room came back to a writer that lacked it, or the end.
    private void Observe(EpollItem item)
    {
        if (item.Socket.Connection is not { } connection)
        {
            if (item.Socket.Listener is not null) item.IsNews = true;
            return;
        }

        var received = connection.GetInfo().OctetsReceived;
        var ended = connection.Ending is not null || connection.IsReadEnded;
        if (received != item.Received || ended != item.WasEnded) item.IsNews = true;
        item.Received = received;
        item.WasEnded = ended;
        if (!item.Socket.Space.IsLacking || !item.Socket.Space.IsWorthTelling(connection, LowWatermarkOf(item.Socket))) return;
        item.Socket.Space.Suffice();
        item.IsNews = true;
    }

    private static long? DataOf(Expression.Structure entry)
        => (entry["fd"] ?? entry["u32"] ?? entry["u64"] ?? entry["ptr"]) is { } data ? Symbols.Evaluate(data) : null;
}
