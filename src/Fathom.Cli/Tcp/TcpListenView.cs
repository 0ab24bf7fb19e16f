using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Services.Transport;
using Fathom.Wire.Application;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Tcp;

/// <summary>What <c>fathom tcp listen</c> writes: a line for each event, and the sum at the end.</summary>
internal sealed class TcpListenView(CommandRun run, TcpListenKind kind) : ITcpServerObserver
{
    private const string Schema = "fathom.tcp.listen/1";

    // A line of a client that does not end is broken here, so that it cannot fill the memory or the screen.
    private const int LongestLine = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<byte>> _open = [];
    private readonly Stream? _raw = kind == TcpListenKind.Raw ? StandardOutput.Open() : null;

    private TextWriter Events => kind == TcpListenKind.Raw ? run.Errors : run.Output;

    public void Listening(IReadOnlyList<IpEndpoint> local)
    {
        var places = string.Join(" and ", local);
        if (run.IsText) Line($"listening on {places}{(kind switch { TcpListenKind.Echo => " (echo)", TcpListenKind.Discard => " (discard)", _ => string.Empty })}; Ctrl-C ends it");
        else Event("listening", writer =>
        {
            writer.WriteStartArray("local");
            foreach (var endpoint in local) writer.WriteStringValue(endpoint.ToString());
            writer.WriteEndArray();
        });
    }

    public void OnAccepted(StreamSession session)
    {
        if (run.IsText) Line($"#{session.Number} {session.Remote} connected");
        else Event("connected", writer =>
        {
            writer.WriteNumber("client", session.Number);
            writer.WriteString("remote", session.Remote.ToString());
        });
    }

    public void OnEnded(StreamSession session)
    {
        Finish(session);
        if (run.IsText) Line($"#{session.Number} {Why(session.End)}: {Amount.Octets(session.Received)} in, {session.Sent:N0} out, {Amount.Time(session.Age)}");
        else Event("ended", writer =>
        {
            writer.WriteNumber("client", session.Number);
            writer.WriteString("remote", session.Remote.ToString());
            writer.WriteString("end", Camel(session.End));
            writer.WriteNumber("received", session.Received);
            writer.WriteNumber("sent", session.Sent);
            writer.WriteMilliseconds("ms", session.Age);
        });
    }

    public void OnTurnedAway(IpEndpoint remote)
    {
        if (run.IsText) Line($"{remote} turned away by RST: no room for more clients");
        else Event("turnedAway", writer => writer.WriteString("remote", remote.ToString()));
    }

    /// <summary>What a client sent.</summary>
    public void Write(StreamSession session, ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            if (_raw is not null)
            {
                _raw.Write(bytes.Span);
                _raw.Flush();
                return;
            }

            if (!_open.TryGetValue(session.Number, out var line)) _open[session.Number] = line = [];
            foreach (var octet in bytes.Span)
            {
                line.Add(octet);
                if (octet == '\n' || line.Count >= LongestLine) Flush(session.Number, line);
            }
        }
    }

    public void Summary(IReadOnlyList<IpEndpoint> local, TcpServerSummary summary)
    {
        if (run.IsText)
        {
            var away = summary.TurnedAway > 0 ? $", {summary.TurnedAway:N0} turned away" : string.Empty;
            Line($"served {Amount.Count(summary.Served, "client", "clients")}, at most {summary.MostAtOnce:N0} at once{away}: {Amount.Octets(summary.Received)} in, {summary.Sent:N0} out, in {Amount.Time(summary.Duration)}");
            return;
        }

        run.WriteJson(Schema, writer =>
        {
            if (run.Format == OutputFormat.Ndjson) writer.WriteString("event", "summary");
            writer.WriteStartArray("local");
            foreach (var endpoint in local) writer.WriteStringValue(endpoint.ToString());
            writer.WriteEndArray();
            writer.WriteNumber("served", summary.Served);
            writer.WriteNumber("turnedAway", summary.TurnedAway);
            writer.WriteNumber("mostAtOnce", summary.MostAtOnce);
            writer.WriteNumber("received", summary.Received);
            writer.WriteNumber("sent", summary.Sent);
            writer.WriteMilliseconds("ms", summary.Duration);
            writer.WriteStartObject("ends");
            foreach (var (end, count) in summary.Ends) writer.WriteNumber(Camel(end), count);
            writer.WriteEndObject();
        });
    }

    private static string Why(StreamEnd end) => end switch
    {
        StreamEnd.PeerClosed => "closed by the client (FIN)",
        StreamEnd.PeerReset => "reset by the client (RST)",
        StreamEnd.Idle => "closed here: no progress",
        StreamEnd.ByteLimit => "closed here: its limit of octets",
        StreamEnd.Stopped => "closed here: the server stops",
        StreamEnd.Failed => "lost: no acknowledgments, or an error",
        _ => "closed here",
    };

    private static string Camel(StreamEnd end)
    {
        var name = end.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private void Finish(StreamSession session)
    {
        lock (_gate)
        {
            if (_open.Remove(session.Number, out var line) && line.Count > 0) Flush(session.Number, line);
        }
    }

    private void Flush(int number, List<byte> line)
    {
        var octets = line.ToArray();
        line.Clear();
        if (run.IsText) Line($"#{number} < {TextSanitizer.EscapeOctets(octets)}");
        else Event("data", writer =>
        {
            writer.WriteNumber("client", number);
            writer.WriteString("text", TextSanitizer.EscapeOctets(octets));
        });
    }

    private void Line(string text)
    {
        lock (_gate)
        {
            Events.WriteLine(text);
            Events.Flush();
        }
    }

    // A document of its own for each event in ndjson; in json there is one at the end.
    private void Event(string name, Action<System.Text.Json.Utf8JsonWriter> write)
    {
        if (run.Format != OutputFormat.Ndjson) return;
        run.WriteJson(Schema, writer =>
        {
            writer.WriteString("event", name);
            write(writer);
        });
    }
}
