using System.Globalization;
using Fathom.Stack.Buffers;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Luck;

/// <summary>One run: two stacks transfer, close, and must leave nothing behind.</summary>
internal static class Run
{
    // By far more than any run needs: retries, keep-alive and TIME-WAIT included. A path that loses a third of all packets goes from one time-out of two minutes to the next.
    private static readonly TimeSpan MaxTime = TimeSpan.FromHours(24);
    private const long MaxSteps = 20_000_000;
    private const ushort Port = 80;

    public static RunOutcome Play(Scenario scenario, Action<TimeSpan, bool, PacketBuffer>? sees = null)
    {
        var hosts = new TwoHosts(scenario.Seed, scenario.Mtu, scenario.Offloads, scenario.There, scenario.Back, scenario.ClientSettings, scenario.ServerSettings) { Sees = sees };
        var at = new IpEndpoint(scenario.IsV6 ? TwoHosts.RightV6 : TwoHosts.RightV4, Port);
        if (!hosts.Right.Tcp.TryListen(at, new TcpListenOptions(), out var listener, out var refusal)) return Fault($"cannot listen: {refusal}");
        if (!hosts.Left.Tcp.TryConnect(at, new TcpConnectOptions(), out var opened, out refusal)) return Fault($"cannot connect: {refusal}");
        var client = new Endpoint(scenario.Client, 1, 2) { Connection = opened };
        var server = new Endpoint(scenario.Server, 2, 1);
        long steps = 0;
        var closedAt = TimeSpan.Zero;
        var listens = true;
        while (true)
        {
            while (listens && listener.TryAccept(out var accepted))
            {
                // A cookie that comes late opens what is over already (RFC 4987 §3.6): nobody wants it.
                if (server.Connection is null) server.Connection = accepted;
                else accepted.Abort();
            }

            client.Step(hosts.Now);
            server.Step(hosts.Now);
            hosts.Pump();
            if (client.IsDone && server.IsDone && closedAt == TimeSpan.Zero && (server.Connection is not null || hosts.Right.Tcp.ConnectionCount == 0)) closedAt = hosts.Now;
            if (closedAt > TimeSpan.Zero && listens)
            {
                listener.Close();
                listens = false;
                continue;
            }

            var next = hosts.Next;
            foreach (var wakes in (TimeSpan?[])[client.Wakes, server.Wakes])
            {
                if (wakes is { } wake && wake > hosts.Now && (next is null || wake < next)) next = wake;
            }

            if (next is not { } time) break;
            if (time > MaxTime || ++steps > MaxSteps) return Fault($"not over after {hosts.Now} and {steps} steps: client {Describe(client)}, server {Describe(server)}");
            hosts.Step(time);
        }

        var fault = Judge(scenario, hosts, client, server);
        var kind = $"{KindOf(client)}/{KindOf(server)}";
        return new RunOutcome(fault, kind, client.Read + server.Read, hosts.Packets, hosts.Rightward.Lost + hosts.Leftward.Lost, closedAt);
    }

    private static string? Judge(Scenario scenario, TwoHosts hosts, Endpoint client, Endpoint server)
    {
        if (client.WrongAt is { } atClient) return $"the client read another octet than was written, at {atClient}";
        if (server.WrongAt is { } atServer) return $"the server read another octet than was written, at {atServer}";
        if (client.Read > scenario.Server.Octets || server.Read > scenario.Client.Octets) return $"more was read than written: {client.Read} of {scenario.Server.Octets}, {server.Read} of {scenario.Client.Octets}";
        if (client.Connection!.Ending is null) return $"nothing more happens, but the client is not closed: {Describe(client)}; server {Describe(server)}";
        if (server.Connection is { Ending: null }) return $"nothing more happens, but the server is not closed: {Describe(server)}; client {Describe(client)}";
        // A connection that was given up to the stack in TIME-WAIT says so for ever; what counts is that the stack has none left, which comes below.
        if (client.Connection.State is not (TcpState.Closed or TcpState.TimeWait) || server.Connection is { State: not (TcpState.Closed or TcpState.TimeWait) }) return $"not CLOSED: {Describe(client)}; {Describe(server)}";
        foreach (var stack in (Fathom.Stack.NetworkStack[])[hosts.Left, hosts.Right])
        {
            if (stack.Tcp.ConnectionCount != 0 || stack.Tcp.TimeWaitCount != 0) return $"{stack.Tcp.ConnectionCount} connections and {stack.Tcp.TimeWaitCount} in TIME-WAIT are left";
            if (stack.Deadline is not null) return "a timer is left";
        }

        if (hosts.Pool.Rented != 0) return $"{hosts.Pool.Rented} packet buffers were not returned";
        if (client.SawEnd && client.Read != scenario.Server.Octets && !server.HasAborted && client.Connection.Ending.Kind == TcpEndingKind.Closed)
            return $"the client saw the end after {client.Read} of {scenario.Server.Octets} octets";
        if (server.SawEnd && server.Read != scenario.Client.Octets && !client.HasAborted && server.Connection!.Ending!.Kind == TcpEndingKind.Closed)
            return $"the server saw the end after {server.Read} of {scenario.Client.Octets} octets";
        var isWhole = client.Read == scenario.Server.Octets && server.Read == scenario.Client.Octets && KindOf(client) == "Closed" && KindOf(server) == "Closed";
        return !isWhole && scenario.IsLossless && !scenario.MayAbort ? $"nothing was lost, but not all arrived: {Describe(client)}; {Describe(server)}" : null;
    }

    private static string KindOf(Endpoint endpoint) => endpoint.Connection is null ? "never" : endpoint.Connection.Ending?.Kind.ToString() ?? "open";

    private static string Describe(Endpoint endpoint) => endpoint.Connection is not { } connection
        ? "never accepted"
        : string.Create(CultureInfo.InvariantCulture, $"{connection.State} {connection.Ending?.Kind}, read {endpoint.Read}, unsent {connection.Unsent}, unacknowledged {connection.Unacknowledged}, available {connection.Available}");

    private static RunOutcome Fault(string fault) => new(fault, "fault", 0, 0, 0, default);
}
